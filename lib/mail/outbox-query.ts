/** What can have become of a message, in the order in which the operator thinks of them. */
export const OUTBOX_STATES = ["waiting", "dead", "sent", "dropped"] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** The filters of the outbox, as the page's address says them. */
export interface OutboxQuery {
  /** None is all. */
  state: OutboxState[];
  /** A part of the receiver's address. */
  q: string;
  cursor: string | null;
}

/** Reads the address forgivingly: what is not understood counts as not said. */
export function readOutboxQuery(params: Record<string, string | string[] | undefined>): OutboxQuery {
  const states = [params.state ?? ""].flat().flatMap((text) => text.split(","));
  const q = [params.q].flat()[0] ?? "";
  return {
    state: OUTBOX_STATES.filter((state) => states.includes(state)),
    q: q.length <= 200 && q.isWellFormed() && !/\p{Cc}/u.test(q) ? q.trim() : "",
    cursor: [params.cursor].flat()[0] || null,
  };
}
