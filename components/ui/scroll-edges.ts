"use client";

import { type RefObject, useEffect } from "react";

/** Marks a box that scrolls with `data-above`, `data-below` and `data-beside` while something is hidden beyond that edge. */
export function useScrollEdges(box: RefObject<HTMLElement | null>) {
  // Also after each change of what is in it.
  useEffect(() => markEdges(box.current));
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const mark = () => markEdges(element);
    const sizes = new ResizeObserver(mark);
    for (const each of [element, ...element.children]) sizes.observe(each);
    element.addEventListener("scroll", mark, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", mark);
    };
  }, [box]);
}

function markEdges(element: HTMLElement | null) {
  if (!element) return;
  element.toggleAttribute("data-above", element.scrollTop > 0);
  element.toggleAttribute("data-below", element.scrollTop + element.clientHeight < element.scrollHeight - 1);
  element.toggleAttribute("data-beside", element.scrollLeft + element.clientWidth < element.scrollWidth - 1);
}
