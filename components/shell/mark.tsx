import { classNames } from "@/components/ui/class-names";

const sizes = { sm: "size-6 rounded-sm", lg: "size-10 rounded-[10px]" } as const;

/** The key. Decoration: the name stands beside it. */
export function Mark({ size = "sm" }: { size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      className={classNames("grid shrink-0 place-items-center bg-primary text-on-primary", sizes[size])}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="size-[66%]"
      >
        <circle cx="5.2" cy="5.2" r="2.9" />
        <path d="M7.3 7.3 13.2 13.2M10.2 10.2 12 8.4" />
      </svg>
    </span>
  );
}
