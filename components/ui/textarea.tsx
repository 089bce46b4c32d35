import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { controlLook } from "./input";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={classNames(controlLook, "field-sizing-content block max-h-60 min-h-18 resize-y py-2", className)}
      {...rest}
    />
  );
}
