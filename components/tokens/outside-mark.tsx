import { TriangleAlert } from "lucide-react";
import { OUTSIDE_REASONS, type OutsideReason } from "@/lib/tokens/token-compliance";

/** Says in a row that the token lies outside the policy; why, on hover and on its own page. */
export function OutsideMark({ reasons }: { reasons: OutsideReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <span
      title={reasons.map((reason) => OUTSIDE_REASONS[reason]).join(" ")}
      className="flex items-center gap-1 whitespace-nowrap text-amber-ink text-xs"
    >
      <TriangleAlert aria-hidden="true" className="size-3 shrink-0" />
      {/* Compact rows have one line, which the status needs. */}
      <span className="compact:sr-only">Outside policy</span>
    </span>
  );
}
