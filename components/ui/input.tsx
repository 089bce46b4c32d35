import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** The looks that every box to type or choose in has in common. */
export const controlLook = classNames(
  "w-full min-w-0 rounded-control border border-line-strong bg-panel px-3 text-ink text-base",
  "transition-colors hover:border-soft focus-visible:border-brass focus-visible:outline-offset-0",
  "aria-invalid:border-red-ink disabled:bg-hover disabled:text-faint disabled:hover:border-line-strong [&[readonly]]:bg-hover",
  // Below 16 px a phone zooms into the field.
  "max-sm:text-[1rem]",
);

export type InputProps = ComponentProps<"input"> & {
  /** For ids, codes and secrets. */
  mono?: boolean;
};

export function Input({ className, mono = false, ...rest }: InputProps) {
  return (
    <input
      className={classNames(controlLook, "h-9 max-sm:h-10", mono && "font-mono tracking-normal", className)}
      {...rest}
    />
  );
}
