import { Sparkline } from "@/components/ui/sparkline";

/** Calls a day, oldest first, as small bars; the same in words for those who do not see them, and on hover. */
export function TokenUsageSpark({ usage }: { usage: number[] }) {
  const words = usageWords(usage);
  return (
    <span title={words} className="inline-block align-middle">
      <Sparkline values={usage} label={words} />
    </span>
  );
}

function usageWords(usage: number[]): string {
  const calls = usage.reduce((sum, day) => sum + day, 0);
  if (calls === 0) return `No calls in ${usage.length} days`;
  const most = Math.max(...usage).toLocaleString("en");
  return `${calls.toLocaleString("en")} ${calls === 1 ? "call" : "calls"} in ${usage.length} days, at most ${most} in one day`;
}
