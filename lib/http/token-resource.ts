import type { TokenActor } from "@/lib/access/actor";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import type { TokenRow } from "@/lib/tokens/token-row";
import { maskToken, type PlainToken } from "@/lib/tokens/token-secret";

/** RFC 3339 in UTC, as every time of the API. */
const time = (instant: Date | number | null) => (instant === null ? null : new Date(instant).toISOString());

const rotationOf = ({ rotation }: Pick<TokenRow, "rotation">) =>
  rotation && { waiting_since: time(rotation.waitingSince), previous_ends_at: time(rotation.previousEndsAt) };

/** A token as the API gives it. */
export const tokenResource = (token: TokenRow) => ({
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
  expires_at: time(token.expiresAt),
  last_used_at: time(token.lastUsedAt),
  last_used_ip: token.lastUsedIp,
  deletion_at: time(token.deletionAt),
  deleted_at: time(token.deletedAt),
});

/** A token with the new secret that waits for its first use, this once. */
export const rotatedResource = ({ token, secret }: { token: TokenRow; secret: PlainToken }) => ({
  ...tokenResource(token),
  secret: secret.reveal(),
});

/** What `/me` says: the token that asks, whose it is, what it may do now. */
export const ownTokenResource = (token: VerifiedToken, actor: TokenActor) => ({
  id: token.id,
  kind: token.kind,
  name: token.name,
  description: token.description,
  masked: maskToken(token),
  organization: token.organization,
  issued_by: token.issuer,
  role: token.role,
  permissions: [...actor.permissions].sort(),
  groups: actor.groups.map(({ id, name, isAdministrator }) => ({ id, name, is_administrator: isAdministrator })),
  created_at: time(token.createdAt),
  expires_at: time(token.expiresAt),
});

/** The token that asks, where its secrets changed: what it may know of itself, and nothing that takes a permission. */
export const keptOwnResource = (token: TokenRow, own: VerifiedToken, actor: TokenActor) => ({
  ...ownTokenResource(own, actor),
  rotation: rotationOf(token),
});

/** With the new secret that waits for its first use, this once. */
export const rotatedOwnResource = (
  { token, secret }: { token: TokenRow; secret: PlainToken },
  own: VerifiedToken,
  actor: TokenActor,
) => ({ ...keptOwnResource(token, own, actor), secret: secret.reveal() });

/** Which instances refuse a deleted token, and after how many milliseconds. */
export const receiptResource = (receipt: RevocationReceipt) => ({
  token_id: receipt.tokenId,
  deleted_at: time(receipt.deletedAt),
  position: receipt.position,
  refused_everywhere_after_ms: receipt.refusedEverywhereAfter,
  instances: receipt.instances.map(({ id, host, server, state, after, since }) => ({
    id,
    host,
    server,
    state,
    after_ms: after,
    since: time(since),
  })),
});
