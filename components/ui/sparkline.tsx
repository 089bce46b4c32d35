type SparklineProps = {
  /** One number per bar, oldest first. */
  values: number[];
  /** The same in words: "1,440 calls in 14 days, most on 12 Mar (210)". */
  label: string;
  className?: string;
};

const bar = 3.5;
const step = 5;
const height = 20;

/** Small bars on one scale of their own; a dashed line when there is nothing. */
export function Sparkline({ values, label, className }: SparklineProps) {
  const most = Math.max(...values, 0);
  const width = values.length * step - (step - bar);
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={className ?? "block"}
    >
      {most === 0 ? (
        <line x1="0" x2={width} y1={height - 1} y2={height - 1} className="stroke-line" strokeDasharray="3 2" />
      ) : (
        values.map((value, index) => {
          // A day with any use shows at least a pixel and a half.
          const tall = value === 0 ? 1 : Math.max(2, (value / most) * height);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
              key={index}
              x={index * step}
              y={height - tall}
              width={bar}
              height={tall}
              rx={1}
              className={value === 0 ? "fill-line" : "fill-brass"}
            />
          );
        })
      )}
    </svg>
  );
}
