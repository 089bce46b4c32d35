import { classNames } from "./class-names";

type MeterProps = {
  value: number;
  max: number;
  /** What is counted: "tokens". */
  unit: string;
  className?: string;
};

/** A count against a limit, "38 of 50 tokens"; amber from 90 %, red when there is no room left. */
export function Meter({ value, max, unit, className }: MeterProps) {
  const share = max > 0 ? Math.min(1, value / max) : 1;
  const tone = share >= 1 ? "fill-red" : share >= 0.9 ? "fill-amber" : "fill-brass";
  const words = `${value.toLocaleString("en")} of ${max.toLocaleString("en")} ${unit}`;
  return (
    <div className={classNames("w-30 sm:text-right text-soft text-xs", className)}>
      <span className="block whitespace-nowrap">{words}</span>
      <svg
        aria-hidden="true"
        className="mt-1.5 block h-1 w-full overflow-hidden rounded-full"
        preserveAspectRatio="none"
        viewBox="0 0 100 4"
      >
        <rect width="100" height="4" className="fill-line" />
        <rect width={value > 0 ? Math.max(2, share * 100) : 0} height="4" className={tone} />
      </svg>
    </div>
  );
}
