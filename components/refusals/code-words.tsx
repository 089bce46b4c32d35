import { Fragment } from "react";

/** A sentence in which what stands between backticks is a name as programs write it. */
export const CodeWords = ({ children }: { children: string }) =>
  children.split(/(`[^`]+`)/).map((part, at) =>
    part.startsWith("`") ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence do not move
      <code key={at} className="font-mono text-[0.9em]">
        {part.slice(1, -1)}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Fragment key={at}>{part}</Fragment>
    ),
  );
