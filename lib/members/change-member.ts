import { eq } from "drizzle-orm";
import { members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, type Refusal } from "@/lib/refusal";
import type { ChangeMemberInput } from "./member-input";
import { type MemberRow, readMembers } from "./read-members";
import { deactivateMember, reactivateMember } from "./switch-member";
import { updateMember } from "./update-member";

/** Takes back what the first of two changes did where the second is refused. */
class Withdrawn extends Error {
  constructor(readonly refusal: Refusal) {
    super("withdrawn");
  }
}

/**
 * Changes a member and whether it is let in, in one go: all of it or nothing. The answer is the member as it is now, also
 * where the actor took it out of its own sight.
 */
export async function changeMember(
  actor: Actor,
  { id, change: { status, ...change } }: { id: string; change: ChangeMemberInput },
  { db, ...ctx }: Context,
): Promise<Outcome<MemberRow>> {
  const needed = <T>(outcome: Outcome<T>) => {
    if (!outcome.ok) throw new Withdrawn(outcome.refusal);
  };
  try {
    return await db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx };
      // Before the groups, which may take the member out of the actor's sight.
      if (status === "deactivated") needed(await deactivateMember(actor, { id }, inside));
      if (status === "active") needed(await reactivateMember(actor, { id }, inside));
      needed(await updateMember(actor, { id, change }, inside));
      const [member] = await readMembers(tx, actor, { where: eq(members.id, id), limit: 1, outOfSight: true });
      if (!member) throw new Error("a member that was changed is not there");
      return done(member);
    });
  } catch (error) {
    if (error instanceof Withdrawn) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
