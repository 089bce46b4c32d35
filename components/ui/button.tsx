"use client";

import { Slot } from "radix-ui";
import { type ComponentProps, type MouseEvent, useState } from "react";
import { classNames } from "./class-names";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

const looks = {
  primary: "bg-primary text-on-primary border-transparent hover:bg-primary-hover",
  secondary: "bg-panel text-ink border-line hover:bg-hover data-[state=open]:bg-hover",
  ghost: "bg-transparent text-soft border-transparent hover:bg-hover hover:text-ink data-[state=open]:bg-hover",
  danger: "bg-red text-on-red border-transparent hover:bg-red-hover",
  "danger-quiet": "bg-panel text-red-ink border-line hover:bg-red-wash",
} as const;

const sizes = {
  xs: "h-7 px-2 gap-1.5 rounded-sm",
  sm: "h-8 px-3 gap-1.5 rounded-control",
  md: "h-9 px-3.5 gap-2 rounded-control max-sm:h-10",
  "icon-xs": "size-7 rounded-sm",
  "icon-sm": "size-8 rounded-control",
  icon: "size-9 rounded-control max-sm:size-10",
} as const;

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Keeps the width, shows that something is under way, and takes no second press. */
  loading?: boolean;
  /** Why the button cannot be used now. It stays focusable, so that everyone can learn the reason. */
  disabledReason?: string | null;
  /** Disabled for a reason that is plain to see, such as the last page. Prefer `disabledReason`. */
  disabled?: boolean;
  /** Gives the looks to the one child, usually a link. */
  asChild?: boolean;
};

export function Button({
  variant = "secondary",
  size = "md",
  loading = false,
  disabledReason,
  disabled = false,
  asChild = false,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const [reasonShown, setReasonShown] = useState(false);
  const off = disabled || Boolean(disabledReason);
  const look = classNames(
    "relative inline-flex shrink-0 items-center justify-center border font-medium text-sm whitespace-nowrap select-none",
    "transition-colors [&_svg]:shrink-0",
    off ? "bg-hover text-faint border-line" : looks[variant],
    sizes[size],
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={look} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (off || loading) {
      event.preventDefault();
      event.stopPropagation();
      setReasonShown(Boolean(disabledReason));
      return;
    }
    onClick?.(event);
  }
  const button = (
    <button
      type={type}
      className={look}
      onClick={press}
      aria-disabled={off || loading || undefined}
      aria-busy={loading || undefined}
      {...rest}
    >
      {loading ? (
        <>
          <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span>
          <span className="absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
        </>
      ) : (
        children
      )}
    </button>
  );
  return disabledReason ? (
    <Tooltip content={disabledReason} open={reasonShown} onOpenChange={setReasonShown}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
