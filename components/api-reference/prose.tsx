import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** A chapter of the reference, with words on the left and code on the right where there is room. */
export function Chapter({ id, title, children, aside }: ChapterProps) {
  return (
    <section aria-labelledby={id} className="border-line border-t py-10 first:border-t-0 first:pt-0">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-6 lg:grid-cols-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 text-pretty [&_p]:max-w-[64ch]">
          <h2 id={id} className="font-semibold text-xl">
            {title}
          </h2>
          {children}
        </div>
        {aside && <div className="grid min-w-0 gap-4">{aside}</div>}
      </div>
    </section>
  );
}

type ChapterProps = { id: string; title: string; children: ReactNode; aside?: ReactNode };

/** A word as it stands in a request; what fits into a line of a phone is not broken at its hyphens. */
export const Literal = ({ children }: { children: string }) => (
  <code
    className={classNames(
      "rounded-xs bg-hover px-1 py-px font-mono text-[0.8125em]",
      children.length > FITS ? "[overflow-wrap:anywhere]" : "whitespace-nowrap",
    )}
  >
    {children}
  </code>
);

/** Characters. */
const FITS = 32;
