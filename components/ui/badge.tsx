import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const tones = {
  neutral: "border-line text-soft",
  brass: "border-transparent bg-brass-wash text-brass-ink",
  green: "border-transparent bg-green-wash text-green-ink",
  amber: "border-transparent bg-amber-wash text-amber-ink",
  red: "border-transparent bg-red-wash text-red-ink",
  blue: "border-transparent bg-blue-wash text-blue-ink",
} as const;

export type BadgeProps = ComponentProps<"span"> & { tone?: keyof typeof tones };

/** A short fact, such as a role. Status is a `StatusDot`. */
export function Badge({ tone = "neutral", className, ...rest }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-block max-w-full truncate rounded-sm border px-1.5 align-middle text-xs leading-[1.125rem]",
        tones[tone],
        className,
      )}
      {...rest}
    />
  );
}
