import { Fragment } from "react";

const PERMISSION = /\b([a-z_]+:[a-z_]+)\b/;

/** Words about a rule; permissions in them are set as what they are, names for programs. */
export function RuleWords({ children: text }: { children: string }) {
  return text.split(PERMISSION).map((part, index) =>
    index % 2 === 1 ? (
      <code key={part} className="font-mono text-[0.92em] [overflow-wrap:anywhere]">
        {part}
      </code>
    ) : (
      <Fragment key={part}>{part}</Fragment>
    ),
  );
}
