import { and, eq, isNull } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { readActorNetworks } from "./actor-networks";
import { isNameTaken } from "./live-tokens";
import { loadRules } from "./load-rules";
import { readToken } from "./read-tokens";
import type { UpdateTokenInput } from "./token-input";
import { tokenName, tokenNaming } from "./token-naming";
import { decideDescription, decideNetworks } from "./token-policy";
import type { TokenRow } from "./token-row";

const TOLD_AS = { name: "name", description: "description", allowedNetworks: "allowed_networks" } as const;

/** Changes a token's name, its description or its networks. What it may do and how long it lives are not changed here. */
export async function updateToken(
  actor: Actor,
  { id, change }: { id: string; change: UpdateTokenInput },
  ctx: Context,
): Promise<Outcome<TokenRow>> {
  return ctx.db.transaction(async (tx) => {
    const rules = await loadRules(tx, actor.organizationId, { lock: true });
    const token = await readToken(tx, actor, rules, id, ctx.now);
    if (!token) return refused("not_found");
    if (token.locked) return refused(token.locked);
    if (!rules.organization.tokensEnabled) return refused("tokens_disabled");
    const refusal =
      (change.description === undefined ? null : decideDescription(rules.policy, change.description)) ??
      (change.allowed_networks &&
        decideNetworks(rules.policy, change.allowed_networks, await readActorNetworks(tx, actor)));
    if (refusal) return { ok: false, refusal };

    const description = change.description === undefined ? token.description : change.description;
    const follows = change.description !== undefined && tokenNaming(rules.policy) === "description";
    const name = follows ? tokenName(rules.policy, { name: change.name, description }) : (change.name ?? token.name);
    if (!name) return refused("description_required", "description");
    const next = { name, description, allowedNetworks: change.allowed_networks ?? token.allowedNetworks };
    const changed = (["name", "description", "allowedNetworks"] as const).filter(
      (field) => JSON.stringify(next[field]) !== JSON.stringify(token[field]),
    );
    if (changed.length === 0) return done(token);
    const issuer = { organizationId: actor.organizationId, memberId: token.issuedBy.id };
    if (
      !follows &&
      changed.includes("name") &&
      token.status === "active" &&
      (await isNameTaken(tx, issuer, next.name, ctx.now, id))
    ) {
      return refused("name_taken", "name");
    }
    const rows = await tx
      .update(apiTokens)
      .set(next)
      .where(and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, id), isNull(apiTokens.deletedAt)))
      .returning({ id: apiTokens.id });
    if (rows.length === 0) return refused("already_deleted");
    await recordAudit(
      tx,
      actor,
      {
        organizationId: actor.organizationId,
        action: "token.updated",
        subject: { kind: "token", id },
        details: Object.fromEntries(changed.map((field) => [TOLD_AS[field], { from: token[field], to: next[field] }])),
      },
      ctx,
    );
    return done({ ...token, ...next });
  });
}
