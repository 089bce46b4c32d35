import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";

type CodeBlockProps = {
  /** What it is, above it and for screen readers: "Request". */
  title: string;
  code: string;
  /** A status of an answer, beside the title. */
  status?: string;
  copy?: boolean;
};

/** Code to read and to take along. Long lines scroll inside, never the page; on a phone they wrap. */
export function CodeBlock({ title, code, status, copy = false }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-surface border border-line bg-panel">
      <figcaption className="flex min-h-9 items-center gap-2 border-line border-b px-3.5 text-soft text-xs">
        {title}
        {status && (
          <span className={classNames("font-mono", status.startsWith("2") && "text-green-ink")}>{status}</span>
        )}
        {copy && (
          <span className="-mr-1.5 ml-auto">
            <CopyButton value={code} what={title.toLowerCase()} />
          </span>
        )}
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto px-3.5 py-3 font-mono text-xs leading-[1.125rem] -outline-offset-2 max-sm:whitespace-pre-wrap max-sm:[overflow-wrap:anywhere]"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
