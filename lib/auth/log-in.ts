import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { apiLogins } from "@/db/schema";
import { beyond, scopeInWords } from "@/lib/access/scope";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { makeRoomForLogin } from "@/lib/logins/end-logins";
import type { logInInput } from "@/lib/logins/login-input";
import { REFRESH_LIFE } from "@/lib/logins/login-life";
import { AccessTokenTooLong, giveLoginTokens, type LoginTokens } from "@/lib/logins/login-tokens";
import { type LoginMember, readLoginMember, readLoginMembers } from "@/lib/logins/read-login-member";
import { done, type Outcome, type Refusal, refused } from "@/lib/refusal";
import { verifySignIn } from "./verify-sign-in";

/**
 * Signs a person in to the API, in one organization: a login, its event, an access token and a refresh token. Which
 * organizations there are is told once the password proved right. What is asked for in `scope` bounds the login for as long
 * as it lives.
 */
export async function logIn(
  input: z.output<typeof logInInput>,
  { agent }: { agent: string | null },
  ctx: Context,
): Promise<Outcome<LoginTokens>> {
  const person = await verifySignIn(input, ctx);
  if (!person.ok) return person;
  const all = await readLoginMembers(ctx.db, person.value.userId);
  const chosen = chooseMember(all, input.organization);
  const outcome = chosen.ok ? await begin(chosen.value, input, agent, ctx) : chosen;
  if (!outcome.ok) await recordRefused(chosen.ok ? [chosen.value] : all, outcome.refusal, ctx);
  return outcome;
}

async function begin(
  { memberId, organization }: LoginMember,
  input: z.output<typeof logInInput>,
  agent: string | null,
  ctx: Context,
): Promise<Outcome<LoginTokens>> {
  const beginning = ctx.db.transaction(async (tx): Promise<Outcome<LoginTokens>> => {
    // Held, so that logins of one member take turns at the bound, and none begins beside a deactivation.
    const member = await readLoginMember(tx, { organizationId: organization.id, memberId }, { lock: true });
    if (!member) return refused("no_organization");
    if (!member.organization.tokensEnabled) return refused("tokens_disabled");
    const tooMuch = beyond(input.scope ?? [], new Set(member.permissions));
    if (tooMuch.length > 0) {
      const detail = `You may not do ${scopeInWords(tooMuch)}.`;
      return { ok: false, refusal: { code: "scope_exceeds_yours", field: "scope", detail } };
    }
    const login = {
      organizationId: organization.id,
      id: uuidv7({ msecs: ctx.now.getTime() }),
      memberId,
      scope: input.scope ?? null,
      createdAt: ctx.now,
      lastSeenAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + REFRESH_LIFE),
    };
    await makeRoomForLogin(tx, login, ctx);
    await tx.insert(apiLogins).values({ ...login, ip: ctx.origin.ip, agent: agent?.slice(0, 400) ?? null });
    await recordAudit(
      tx,
      { kind: "member", memberId },
      {
        organizationId: login.organizationId,
        action: "session.api_created",
        subject: { kind: "session", id: login.id },
        details: login.scope ? { scope: login.scope } : {},
      },
      ctx,
    );
    return done(await giveLoginTokens(tx, login, member, ctx));
  });
  return beginning.catch((error: unknown) => {
    if (error instanceof AccessTokenTooLong) return refused("scope_too_long", "scope");
    throw error;
  });
}

/**
 * Tells of a right password to which nobody was signed in, wherever its owner is a member: the answer confirms it to
 * whoever guessed it.
 */
async function recordRefused(all: readonly LoginMember[], { code }: Refusal, ctx: Context): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const { memberId, organization } of all) {
      const event = {
        organizationId: organization.id,
        action: "session.api_refused",
        // The login that it did not become.
        subject: { kind: "session", id: uuidv7({ msecs: ctx.now.getTime() }) },
        details: { reason: code },
      } as const;
      await recordAudit(tx, { kind: "member", memberId }, event, ctx);
    }
  });
}

/** The membership that is named, by slug or id, or the only one. */
function chooseMember(all: readonly LoginMember[], named: string | undefined): Outcome<LoginMember> {
  const [only, another] = all;
  if (!only) return refused("no_organization");
  if (named === undefined) {
    if (!another) return done(only);
    const choices = all.map(({ organization }) => organization.slug);
    return { ok: false, refusal: { code: "organization_required", field: "organization", choices } };
  }
  const folded = named.toLowerCase();
  const chosen = all.find(({ organization }) => organization.slug === folded || organization.id === folded);
  return chosen ? done(chosen) : refused("organization_unknown", "organization");
}
