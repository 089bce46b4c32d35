import { and, eq, isNotNull, or, sql } from "drizzle-orm";
import { groupMembers, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { MemberRow } from "./read-members";
import { visibleMember } from "./visible-members";

/** Who answers for a service account, beside what its row says of its owner. */
export interface Answering {
  /** The active administrators of the group that answers for it, as far as the reader sees them, by name. */
  administrators: { id: string; name: string }[];
  /** Somebody answers for it whom the reader does not see. */
  isHidden: boolean;
}

/** Null for a person. */
export async function readAnswering(actor: Actor, account: MemberRow, ctx: Context): Promise<Answering | null> {
  if (account.kind !== "service") return null;
  const { organizationId } = actor;
  const { owner } = account;
  if (owner?.kind === "member") return { administrators: [], isHidden: false };
  if (owner) {
    const administrators = await ctx.db
      .select({ id: members.id, name: users.name })
      .from(groupMembers)
      .innerJoin(
        members,
        and(eq(members.organizationId, groupMembers.organizationId), eq(members.id, groupMembers.memberId)),
      )
      .innerJoin(users, and(eq(users.id, members.userId), eq(users.kind, "person")))
      .where(
        and(
          eq(groupMembers.organizationId, organizationId),
          eq(groupMembers.groupId, owner.id),
          groupMembers.isAdministrator,
          eq(members.status, "active"),
          visibleMember(actor, sql`${members.id}`),
        ),
      )
      .orderBy(sql`lower(${users.name})`, members.id)
      .limit(100);
    return { administrators, isHidden: false };
  }
  const owned = and(
    eq(members.organizationId, organizationId),
    eq(members.id, account.id),
    or(isNotNull(members.ownerMemberId), isNotNull(members.ownerGroupId)),
  );
  return { administrators: [], isHidden: (await ctx.db.$count(members, owned)) > 0 };
}
