import type { Session } from "@/lib/auth/read-session";

/** First line of every verb for the operator alone: throws for anybody else, who cannot have come there by a door. */
export function assertOperator(session: Session): void {
  if (!session.isOperator) throw new Error("only the operator does this");
}

/** Who did it, for the event: the operator is no member of the organization, so the system acts in their name. */
export const byOperator = ({ userId, name }: Session) => ({ by: name, by_user_id: userId });
