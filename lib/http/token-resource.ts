import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import { OUTSIDE_REASONS, type OutsideReason } from "@/lib/tokens/token-compliance";
import { tokenId } from "@/lib/tokens/token-input";
import type { TokenRow } from "@/lib/tokens/token-row";
import { maskToken, type PlainToken, TOKEN_KINDS } from "@/lib/tokens/token-secret";
import { TOKEN_STATUSES } from "@/lib/tokens/token-status";
import { instant, membership, membershipResource, named, time, timeOrNull } from "./answer-fields";

const kind = z
  .enum(TOKEN_KINDS)
  .describe("pat: of a person. svc: of a service account. cls: a client. tmp: for a short time.");
const outsideReason = z.enum(Object.keys(OUTSIDE_REASONS) as [OutsideReason, ...OutsideReason[]]);
/** Not there where the answer was given before, to the same idempotency key. */
const secret = z
  .string()
  .optional()
  .describe("The whole token. No other answer ever holds it, the same one replayed for an Idempotency-Key neither.");
const secret_notice = z
  .string()
  .optional()
  .describe("Of a replayed answer, in place of the secret: that it was shown before.");

const rotation = z
  .object({
    waiting_since: instant.nullable().describe("Since when a new secret waits for its first use."),
    previous_ends_at: instant.nullable().describe("When the secret before this one ends."),
  })
  .meta({ id: "Rotation" });

const rotationOf = ({ rotation }: Pick<TokenRow, "rotation">): z.output<typeof ownKeptAnswer>["rotation"] =>
  rotation && {
    waiting_since: timeOrNull(rotation.waitingSince),
    previous_ends_at: timeOrNull(rotation.previousEndsAt),
  };

export const tokenAnswer = z
  .object({
    id: tokenId.describe("Stays through every rotation; of a client it is the client ID."),
    kind,
    name: z.string().describe("What people call it."),
    description: z.string().nullable().describe("What it is for; null where nobody said."),
    masked: z.string().describe("Its beginning, to know it again by."),
    status: z
      .enum(TOKEN_STATUSES)
      .describe("Whether it is over, and how. One whose issuer is deactivated is active, and refused."),
    issued_by: named
      .extend({ email: z.email().nullable().describe("null for a service account.") })
      .describe("The member on whose behalf it acts."),
    role: named.nullable().describe("null where the token mirrors its issuer."),
    permissions: z.array(z.string()).describe("What it may do now; empty once it is over."),
    outside_policy: z.array(outsideReason).describe("In what it differs from what the policy would allow now."),
    allowed_networks: z.array(z.string()).describe("Empty for wherever the policy allows."),
    rotation: rotation.nullable().describe("Where it has a second secret."),
    created_at: instant.describe("When the token was created; a rotation leaves it as it is."),
    expires_at: instant.nullable().describe("From when on it is refused; null where it never expires."),
    last_used_at: instant.nullable().describe("May lag a minute behind in a list."),
    last_used_ip: z
      .string()
      .nullable()
      .describe("Where that use came from; null where that is not known, or it was never used."),
    deletion_at: instant.nullable().describe("When the policy deletes it, unless it is used before."),
    deleted_at: instant.nullable().describe("null while it is not deleted."),
  })
  .meta({ id: "Token" });

export const newTokenAnswer = tokenAnswer.extend({ secret, secret_notice }).meta({ id: "TokenWithSecret" });

export const ownTokenAnswer = z
  .object({
    id: z.union([tokenId, z.uuid()]).describe("Of the token; of the sign-in where a person signed in to the API."),
    kind: z
      .enum([...TOKEN_KINDS, "login"])
      .describe("As in the list of tokens; login where a person signed in to the API."),
    name: z.string().describe("Of the token; of the client where the call came with its access token."),
    description: z.string().nullable().describe("What it is for; null where nobody said, and for a sign-in."),
    masked: z.string().nullable().describe("null for a sign-in."),
    organization: named
      .extend({ slug: z.string().describe("Its short name, as in addresses.") })
      .describe("The one that everything the token sees is in."),
    issued_by: named
      .extend({
        email: z.email().nullable().describe("null for a service account."),
        role: named.describe("The member's own: what bounds the token beside its role."),
      })
      .describe("The member on whose behalf it acts."),
    role: named.nullable().describe("null where the token mirrors its issuer."),
    permissions: z.array(z.string()).describe("What it may do now."),
    groups: z.array(membership).describe("Those that the member belongs to."),
    created_at: instant.describe("When the token was created, the client of an access token, or the sign-in was made."),
    expires_at: instant
      .nullable()
      .describe(
        "When what was sent ends: the token, the access token itself, or a secret that was replaced. null for never.",
      ),
  })
  .meta({ id: "OwnToken" });

export const ownKeptAnswer = ownTokenAnswer
  .extend({ rotation: rotation.nullable().describe("Where it has a second secret.") })
  .meta({ id: "OwnTokenAndRotation" });
export const ownRotatedAnswer = ownKeptAnswer.extend({ secret, secret_notice }).meta({ id: "OwnTokenWithSecret" });

export const endedTokenAnswer = z
  .object({
    id: z.union([tokenId, z.uuid()]).describe("Of the token; of the access token where one ended itself: its jti."),
    status: z.literal("deleted").describe("The same in every such answer."),
    deleted_at: instant.describe("From when on it is refused."),
  })
  .meta({ id: "EndedToken" });

export const receiptAnswer = z
  .object({
    token_id: tokenId.describe("The token that was asked about."),
    deleted_at: instant.nullable().describe("null for a token that was not deleted."),
    position: z.int().nullable().describe("Of the deletion in the revocation feed."),
    refused_everywhere_after_ms: z.number().nullable().describe("null while an instance has not said so."),
    instances: z
      .array(
        z.object({
          id: z.uuid().describe("Of one process, for as long as it lives."),
          host: z.string().describe("The machine that it runs on."),
          server: z.enum(["app", "gate"]).describe("app: console and API. gate: what proxies ask."),
          state: z
            .enum(["confirmed", "stopped", "waiting", "silent"])
            .describe(
              "confirmed: refuses the token. stopped: serves no more. waiting: lives and has not said so yet. silent: was not heard of lately.",
            ),
          after_ms: z
            .number()
            .nullable()
            .describe("Milliseconds from the deletion to the confirmation; null without one."),
          since: instant.nullable().describe("Since when it is stopped, waiting or silent; null where it confirmed."),
        }),
      )
      .describe("Those that served when the token was deleted."),
  })
  .meta({ id: "Receipt" });

/** A token as the API gives it. */
export const tokenResource = (token: TokenRow): z.output<typeof tokenAnswer> => ({
  id: token.id,
  kind: token.kind,
  name: token.name,
  description: token.description,
  masked: token.masked,
  status: token.status,
  issued_by: token.issuedBy,
  role: token.role,
  permissions: token.permissions,
  outside_policy: token.outsidePolicy,
  allowed_networks: token.allowedNetworks,
  rotation: rotationOf(token),
  created_at: time(token.createdAt),
  expires_at: timeOrNull(token.expiresAt),
  last_used_at: timeOrNull(token.lastUsedAt),
  last_used_ip: token.lastUsedIp,
  deletion_at: timeOrNull(token.deletionAt),
  deleted_at: timeOrNull(token.deletedAt),
});

/** A token with its new secret, this once. */
export const newTokenResource = ({
  token,
  secret,
}: {
  token: TokenRow;
  secret: PlainToken;
}): z.output<typeof newTokenAnswer> => ({
  ...tokenResource(token),
  secret: secret.reveal(),
});

/** What `/me` says: the token that asks, whose it is, what it may do now. */
export const ownTokenResource = (token: VerifiedToken, actor: Actor): z.output<typeof ownTokenAnswer> => ({
  id: token.id,
  kind: token.kind,
  name: token.name,
  description: token.description,
  masked: token.kind === "login" ? null : maskToken({ ...token, kind: token.kind }),
  organization: token.organization,
  issued_by: token.issuer,
  role: token.role,
  permissions: [...actor.permissions].sort(),
  groups: actor.groups.map(membershipResource),
  created_at: time(token.createdAt),
  expires_at: timeOrNull(token.expiresAt),
});

/** The token that asks, where its secrets changed: what it may know of itself, and nothing that takes a permission. */
export const keptOwnResource = (token: TokenRow, own: VerifiedToken, actor: Actor): z.output<typeof ownKeptAnswer> => ({
  ...ownTokenResource(own, actor),
  rotation: rotationOf(token),
});

/** With the new secret that waits for its first use, this once. */
export const rotatedOwnResource = (
  { token, secret }: { token: TokenRow; secret: PlainToken },
  own: VerifiedToken,
  actor: Actor,
): z.output<typeof ownRotatedAnswer> => ({ ...keptOwnResource(token, own, actor), secret: secret.reveal() });

/** What is left to say of a token that ended itself. */
export const endedTokenResource = ({
  id,
  deletedAt,
}: {
  id: string;
  deletedAt: Date;
}): z.output<typeof endedTokenAnswer> => ({
  id,
  status: "deleted",
  deleted_at: time(deletedAt),
});

/** Which instances refuse a deleted token, and after how many milliseconds. */
export const receiptResource = (receipt: RevocationReceipt): z.output<typeof receiptAnswer> => ({
  token_id: receipt.tokenId,
  deleted_at: timeOrNull(receipt.deletedAt),
  position: receipt.position,
  refused_everywhere_after_ms: receipt.refusedEverywhereAfter,
  instances: receipt.instances.map(({ id, host, server, state, after, since }) => ({
    id,
    host,
    server,
    state,
    after_ms: after,
    since: timeOrNull(since),
  })),
});
