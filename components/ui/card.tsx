import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export function Card({ className, ...rest }: ComponentProps<"section">) {
  return <section className={classNames("rounded-surface border border-line bg-panel", className)} {...rest} />;
}

export function CardHeader(props: { title: ReactNode; description?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-line border-b px-5 py-4 max-sm:px-4">
      <div className="grid min-w-0 gap-0.5">
        <h2 className="font-semibold">{props.title}</h2>
        {props.description && <p className="max-w-[62ch] text-pretty text-sm text-soft">{props.description}</p>}
      </div>
      {props.action}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classNames("px-5 py-4 max-sm:px-4", className)} {...rest} />;
}

export function CardFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      className={classNames(
        "flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3 max-sm:px-4",
        className,
      )}
      {...rest}
    />
  );
}
