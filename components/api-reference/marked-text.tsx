import { Fragment } from "react";
import { Literal } from "./prose";

/** Text in which a word between backticks is code, and one between asterisks is what a screen says. */
export const MarkedText = ({ children }: { children: string }) =>
  children.split(/(`[^`]+`|\*[^*]+\*)/).map((part, at) => {
    const within = part.slice(1, -1);
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move
    if (part.startsWith("`")) return <Literal key={at}>{within}</Literal>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (part.startsWith("*")) return <em key={at}>{within}</em>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return <Fragment key={at}>{part}</Fragment>;
  });
