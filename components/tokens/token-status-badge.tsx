"use client";

import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenStatus } from "@/lib/tokens/token-status";
import type { TokenWords } from "@/lib/tokens/token-words";
import { useTokenWords } from "./token-words-context";

const TONES: Record<TokenStatus, StatusTone> = { active: "green", expired: "amber", deleted: "grey" };

/** A status in the organization's words, with its colour. */
export function statusLook(status: TokenStatus, words: TokenWords): { label: string; tone: StatusTone } {
  const labels: Record<TokenStatus, string> = { active: "Active", expired: "Expired", deleted: words.removedStatus };
  return { label: labels[status], tone: TONES[status] };
}

const STOPPED = {
  issuer_deactivated: { label: "Stopped", why: "Its issuer is deactivated." },
  tokens_disabled: { label: "Switched off", why: "It is refused while the organization’s tokens are switched off." },
};

/** A token's status; where calls with it are refused for another's sake, that instead of a green light. */
export function TokenStatusBadge({ token: { status, stopped } }: { token: Pick<TokenRow, "status" | "stopped"> }) {
  const { label, tone } = statusLook(status, useTokenWords());
  if (stopped) {
    return (
      <span title={STOPPED[stopped].why}>
        <StatusDot tone="grey">{STOPPED[stopped].label}</StatusDot>
      </span>
    );
  }
  return <StatusDot tone={tone}>{label}</StatusDot>;
}
