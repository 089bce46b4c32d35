"use client";

import { type ComponentProps, useRef } from "react";
import { classNames } from "./class-names";
import { useScrollEdges } from "./scroll-edges";

/** A list in a frame that scrolls, and fades at its end while there is more. Give it a greatest height. */
export function FadingList({ className, ...rest }: ComponentProps<"ul">) {
  const box = useRef<HTMLUListElement>(null);
  useScrollEdges(box);
  return (
    <ul
      ref={box}
      className={classNames(
        "divide-y divide-line overflow-y-auto overscroll-contain border border-line focus-visible:-outline-offset-2 data-[below]:[mask-image:linear-gradient(to_top,transparent,black_2.5rem)]",
        className,
      )}
      {...rest}
    />
  );
}
