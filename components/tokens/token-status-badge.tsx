"use client";

import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { TokenStatus } from "@/lib/tokens/token-status";
import type { TokenWords } from "@/lib/tokens/token-words";
import { useTokenWords } from "./token-words-context";

const TONES: Record<TokenStatus, StatusTone> = { active: "green", expired: "amber", deleted: "grey" };

/** A status in the organization's words, with its colour. */
export function statusLook(status: TokenStatus, words: TokenWords): { label: string; tone: StatusTone } {
  const labels: Record<TokenStatus, string> = { active: "Active", expired: "Expired", deleted: words.removedStatus };
  return { label: labels[status], tone: TONES[status] };
}

export function TokenStatusBadge({ status }: { status: TokenStatus }) {
  const { label, tone } = statusLook(status, useTokenWords());
  return <StatusDot tone={tone}>{label}</StatusDot>;
}
