import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiTokens, members, roles, users } from "@/db/schema";
import { type Actor, actsInPart } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { authorOf } from "@/lib/notices/author-of";
import { noteTokens } from "@/lib/notices/note-tokens";
import { done, type Outcome } from "@/lib/refusal";
import { readActorNetworks } from "./actor-networks";
import { countLiveTokens, isNameTaken } from "./live-tokens";
import { loadAccount } from "./load-account";
import { loadRules } from "./load-rules";
import { mintingKeys } from "./minting-keys";
import { readToken } from "./read-tokens";
import type { CreateTokenInput } from "./token-input";
import { tokenName } from "./token-naming";
import { type AskedRole, decideCreate } from "./token-policy";
import type { TokenRow } from "./token-row";
import { hashToken, mintToken, type PlainToken } from "./token-secret";

/**
 * Creates a token on behalf of the actor's member, or of a service account, and returns its secret, this once. Creations of one organization take
 * turns on its policy row, so its limits hold under any concurrency. The token and its audit event are written together.
 */
export async function createToken(
  actor: Actor,
  input: CreateTokenInput,
  ctx: Context,
): Promise<Outcome<{ token: TokenRow; secret: PlainToken }>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId, { lock: true });
    const name = tokenName(rules.policy, input);
    // Naming oneself is the same as naming nobody.
    const accountId = input.issuer_id && input.issuer_id !== actor.memberId ? input.issuer_id : null;
    const account = accountId ? await loadAccount(tx, actor, accountId) : null;
    const issuer = { organizationId: actor.organizationId, memberId: accountId ?? actor.memberId };
    const allowedNetworks = input.allowed_networks ?? [];
    const decision = decideCreate(
      actor,
      { name, description: input.description, expiresAt: input.expires_at, allowedNetworks },
      {
        ...rules,
        role: input.role_id ? await findRole(tx, actor.organizationId, input.role_id) : null,
        account: accountId && !account ? "unknown" : account,
        memberPermissions: actsInPart(actor) ? await permissionsBehind(tx, actor) : [...actor.permissions],
        live: await countLiveTokens(tx, issuer, ctx.now),
        // Names that nobody chose need not differ.
        nameTaken: input.name !== undefined && (await isNameTaken(tx, issuer, input.name, ctx.now)),
        actorNetworks: await readActorNetworks(tx, actor),
      },
      ctx.now,
    );
    if (!decision.ok) return decision;

    const { prefix, peppers } = mintingKeys();
    const kind =
      rules.policy.credential === "client" ? "cls" : account || (await isServiceAccount(tx, actor)) ? "svc" : "pat";
    const { id, lastFour, plain } = mintToken(prefix, kind);
    await tx.insert(apiTokens).values({
      organizationId: actor.organizationId,
      id,
      kind,
      prefix,
      name: decision.value.name,
      description: input.description,
      issuerId: issuer.memberId,
      roleId: input.role_id,
      secretHash: hashToken(plain, peppers.current),
      pepperId: peppers.current.id,
      lastFour,
      createdAt: ctx.now,
      expiresAt: decision.value.expiresAt,
      allowedNetworks,
    });
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "token.created",
        subject: { kind: "token", id },
        details: {
          name: decision.value.name,
          role_id: input.role_id,
          expires_at: decision.value.expiresAt,
          ...(allowedNetworks.length > 0 ? { allowed_networks: allowedNetworks } : {}),
          ...(account ? { issued_for: { id: issuer.memberId, name: account.name } } : {}),
        },
      },
      ctx,
    );
    const { name: given, expiresAt } = decision.value;
    await noteTokens(
      tx,
      {
        event: "token_created",
        organizationId: actor.organizationId,
        tokens: [{ id, name: given, kind, prefix, issuerId: issuer.memberId, expiresAt }],
        by: await authorOf(tx, actor),
      },
      { policy: rules.policy, now: ctx.now },
    );
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) throw new Error("a token that was just created cannot be read");
    return done({ token, secret: plain });
  });
}

async function findRole(tx: Tx, organizationId: string, roleId: string): Promise<AskedRole> {
  const [role] = await tx
    .select({ permissions: roles.permissions })
    .from(roles)
    .where(and(eq(roles.organizationId, organizationId), eq(roles.id, roleId)))
    // Held against deletion until the token has it.
    .for("key share");
  return role ?? "unknown";
}

/** What the member may do on whose behalf a token or a sign-in acts. */
async function permissionsBehind(tx: Tx, { organizationId, memberId }: Actor): Promise<readonly Permission[]> {
  const [role] = await tx
    .select({ permissions: roles.permissions })
    .from(members)
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)))
    .where(and(eq(members.organizationId, organizationId), eq(members.id, memberId)));
  return role?.permissions ?? [];
}

async function isServiceAccount(tx: Tx, actor: Actor): Promise<boolean> {
  const [user] = await tx
    .select({ kind: users.kind })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, actor.organizationId), eq(members.id, actor.memberId)));
  return user?.kind === "service";
}
