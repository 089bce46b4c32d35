import { Mark } from "@/components/shell/mark";
import { classNames } from "@/components/ui/class-names";

const PLACES = [
  { id: "guide", label: "Guide", href: "/docs/guide" },
  { id: "reference", label: "Reference", href: "/docs" },
  { id: "problems", label: "Problems", href: "/docs/problems" },
] as const;

export type DocsPlace = (typeof PLACES)[number]["id"];

/**
 * The bar above everything that is written for developers. Its links load what they lead to anew, since Scalar leaves its
 * styles and its listeners behind.
 */
export function DocsBar({ current, wide = false }: { current: DocsPlace; wide?: boolean }) {
  return (
    <header className="sticky top-0 z-30 border-line border-b bg-bg">
      <div
        className={classNames(
          "flex h-bar items-center gap-3 max-sm:gap-2 max-sm:px-4",
          wide ? "px-5" : "mx-auto max-w-[1280px] px-8",
        )}
      >
        <a href="/docs/guide" className="flex items-center gap-2.5 rounded-sm font-semibold">
          <Mark />
          <span className="max-sm:sr-only">Latchkey</span>
        </a>
        <nav aria-label="Documentation" className="flex items-center border-line border-l pl-1.5 max-sm:pl-0.5">
          {PLACES.map(({ id, label, href }) => (
            <a
              key={id}
              href={href}
              aria-current={id === current ? "page" : undefined}
              className={classNames(
                "rounded-control px-2.5 py-1.5 transition-colors hover:text-ink max-sm:px-2",
                id === current ? "font-medium text-ink" : "text-soft",
              )}
            >
              {label}
            </a>
          ))}
        </nav>
        <a href="/" className="ml-auto rounded-xs text-soft transition-colors hover:text-ink">
          Console
        </a>
      </div>
    </header>
  );
}
