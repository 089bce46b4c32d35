import { isBounded, proveToken } from "@/lib/access/actor";
import { tokenPermissions } from "@/lib/access/permission";
import { tokenStanding } from "@/lib/tokens/token-status";
import { networkMatcher } from "./network-matcher";
import type { TokenBounds, Verification } from "./outcome";
import type { Shared } from "./shared-parts";
import type { TokenRecord } from "./token-record";

/**
 * What a token whose secret was right may do, at the moment at which its record was read. `shared` hands out one copy of
 * what many tokens have in common, so that a hundred thousand answers fit into memory. Answers are shared between calls:
 * nobody may change one.
 */
export function judgeRecord(record: TokenRecord, shared: Shared): Verification {
  const organizationId = shared("id", record.organization_id, () => record.organization_id);
  const known = { organizationId, tokenId: record.id };
  const expiresAt = record.expires_at === null ? null : new Date(record.expires_at);
  const deletedAt = record.deleted_at === null ? null : new Date(record.deleted_at);
  const around = { issuerStatus: record.issuer_status, tokensEnabled: record.tokens_enabled };
  const standing = tokenStanding({ deletedAt, expiresAt }, around, new Date(record.now));
  if (standing !== "active") return Object.freeze({ outcome: standing, known });
  const actor = Object.freeze(
    proveToken({
      organizationId,
      memberId: shared("id", record.issuer_id, () => record.issuer_id),
      tokenId: record.id,
      permissions: shared("permissions", [record.role_permissions, record.issuer_permissions], () =>
        tokenPermissions(record.role_permissions, record.issuer_permissions),
      ),
      groups: shared("groups", record.groups ?? [], () => Object.freeze(record.groups ?? [])),
      // By the issuer's rights: a token of an administrator that may do less still acts for somebody unbounded.
      bounded: isBounded(record.teams_enabled, record.issuer_permissions),
    }),
  );
  const allowed = Object.freeze({
    outcome: "allowed" as const,
    known: actor,
    bounds: boundsOf(record, shared),
    actor,
    token: Object.freeze({
      id: record.id,
      kind: record.kind,
      prefix: shared("prefix", record.prefix, () => record.prefix),
      name: record.name,
      description: record.description,
      createdAt: record.created_at,
      expiresAt: record.expires_at,
      secretGeneration: record.secret_generation,
      organization: shared("organization", [organizationId, record.organization_name, record.organization_slug], () =>
        Object.freeze({ id: organizationId, name: record.organization_name, slug: record.organization_slug }),
      ),
      issuer: shared(
        "issuer",
        [record.issuer_id, record.issuer_name, record.issuer_email, record.issuer_role_id, record.issuer_role_name],
        () =>
          Object.freeze({
            id: record.issuer_id,
            name: record.issuer_name,
            email: record.issuer_email,
            role: Object.freeze({ id: record.issuer_role_id, name: record.issuer_role_name }),
          }),
      ),
      role: shared("role", [record.role_id, record.role_name], () =>
        record.role_id && record.role_name ? Object.freeze({ id: record.role_id, name: record.role_name }) : null,
      ),
    }),
  });
  if (record.kind !== "cls") return allowed;
  const { previous_ends_at: previousEndsAt } = record;
  return Object.freeze({ outcome: "client_secret", known, client: allowed, previousEndsAt });
}

type BoundsRecord = Pick<
  TokenRecord,
  "policy_networks" | "token_networks" | "calls_per_token" | "calls_per_organization"
>;

export function boundsOf(record: BoundsRecord, shared: Shared): TokenBounds {
  const { policy_networks, token_networks, calls_per_token, calls_per_organization } = record;
  return shared("bounds", [policy_networks, token_networks, calls_per_token, calls_per_organization], () => {
    const lists = [policy_networks, token_networks].filter((list) => list.length > 0).map(networkMatcher);
    return Object.freeze({
      networks: lists.length === 0 ? null : (address: string | null) => lists.every((allows) => allows(address)),
      ...(lists.length === 0 ? {} : { blocks: { policy: policy_networks, token: token_networks } }),
      callsPerToken: calls_per_token,
      callsPerOrganization: calls_per_organization,
    });
  });
}
