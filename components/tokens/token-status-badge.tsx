import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { TokenStatus } from "@/lib/tokens/token-status";

export const STATUS_WORDS: Record<TokenStatus, { label: string; tone: StatusTone }> = {
  active: { label: "Active", tone: "green" },
  expired: { label: "Expired", tone: "amber" },
  deleted: { label: "Deleted", tone: "grey" },
};

export function TokenStatusBadge({ status }: { status: TokenStatus }) {
  return <StatusDot tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].label}</StatusDot>;
}
