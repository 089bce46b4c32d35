import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { members, passwords, users } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { createOrganization } from "@/lib/organizations/create-organization";
import { organizationSlug } from "@/lib/organizations/organization-slug";
import { done, type Outcome, refused } from "@/lib/refusal";
import { hashPassword, PasswordsBusy } from "./password";
import { isSetUp, lockSetup, spendSetupCode } from "./setup-code";
import type { setupInput } from "./setup-input";
import { setupAttempt, setupNotMade } from "./sign-in-limits";

/**
 * Makes the first organization and its administrator, once: code, organization, roles, policy, user, password and
 * membership in one transaction. Whoever holds the code hosts this instance, and so becomes its operator too.
 */
export async function setUp(
  input: z.output<typeof setupInput>,
  ctx: Context,
): Promise<Outcome<{ organizationId: string; memberId: string }>> {
  if (await isSetUp(ctx.db)) return refused("already_set_up");
  const wait = await setupAttempt(ctx.db, ctx.origin.ip);
  if (wait) return { ok: false, refusal: { code: "too_many_attempts", retryAfterSeconds: wait } };
  let hash: string;
  try {
    hash = await hashPassword(input.password);
  } catch (error) {
    if (!(error instanceof PasswordsBusy)) throw error;
    await setupNotMade(ctx.db, ctx.origin.ip);
    return { ok: false, refusal: { code: "too_many_attempts", retryAfterSeconds: 60 } };
  }
  return await ctx.db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await isSetUp(tx)) return refused("already_set_up");
    if (!(await spendSetupCode(tx, input.code))) return refused("setup_code_wrong", "code");
    const { organizationId, roles } = await createOrganization(
      tx,
      {
        name: input.organization,
        slug: organizationSlug(input.organization),
        preset: input.preset,
        plan: "enterprise",
        tokensEnabled: true,
        teamsEnabled: false,
        groupNoun: "group",
      },
      ctx,
    );
    const newId = () => uuidv7({ msecs: ctx.now.getTime() });
    const userId = newId();
    const memberId = newId();
    await tx
      .insert(users)
      .values({ id: userId, name: input.name, email: input.email, isOperator: true, createdAt: ctx.now });
    await tx.insert(passwords).values({ userId, hash, updatedAt: ctx.now });
    await tx
      .insert(members)
      .values({ organizationId, id: memberId, userId, roleId: roles.administrator, createdAt: ctx.now });
    const subject = { kind: "member", id: memberId } as const;
    // Nobody was a member who could have added her: the code did.
    await recordAudit(
      tx,
      "system",
      { organizationId, action: "member.added", subject, details: { name: input.name, by: "setup_code" } },
      ctx,
    );
    return done({ organizationId, memberId });
  });
}
