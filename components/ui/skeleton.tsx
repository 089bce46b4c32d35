import { classNames } from "./class-names";

/** A quiet shape where something will be; give it that thing's size with `className`. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={classNames("block animate-breathe rounded-sm bg-press", className)} />
);

/** Wraps the skeletons of a page or a part and says once that it is loading. */
export function SkeletonRegion({ label = "Loading", children }: { label?: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-live="polite">
      <span className="sr-only">{label}…</span>
      {children}
    </div>
  );
}
