import type { ISql } from "postgres";
import { isBounded, proveToken } from "@/lib/access/actor";
import { tokenPermissions } from "@/lib/access/permission";
import { isDatabaseAway } from "@/lib/database-away";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { type HashedToken, hashToken, type PlainToken, parseToken, sameHash } from "@/lib/tokens/token-secret";
import { tokenStanding } from "@/lib/tokens/token-status";
import type { Verification } from "./outcome";
import { createRecordLookup, LookupLate } from "./record-lookup";
import type { TokenRecord } from "./token-record";

export interface VerifyOptions {
  sql: ISql;
  peppers: Peppers;
  /** Milliseconds after which the database counts as away. */
  deadline?: number;
  /** Told why, each time a call is answered `unavailable`. */
  onTrouble?: (error: unknown) => void;
}

export type Verify = (credential: PlainToken) => Promise<Verification>;

/** Compared with where there is no such token, so that an unknown id takes as long as a wrong secret. */
const NO_HASH = Buffer.alloc(32) as HashedToken;

const MALFORMED: Verification = { outcome: "malformed" };
const UNKNOWN: Verification = { outcome: "unknown" };
const WRONG_SECRET: Verification = { outcome: "wrong_secret" };
const UNAVAILABLE: Verification = { outcome: "unavailable" };

/**
 * Checks whole tokens, cheapest test first: shape and checksum without a query; then one prepared statement for all that
 * is known of the token now; the secret, in constant time; the status by the database's clock; issuer and organization.
 * What it may do is its role, cut down to what its issuer may do at this moment. A database that is away or late is an
 * outcome; whatever else goes wrong is thrown.
 */
export function createVerify({ sql, peppers, deadline, onTrouble = () => {} }: VerifyOptions): Verify {
  const lookup = createRecordLookup(sql, { deadline });

  function secretMatches(credential: PlainToken, record: TokenRecord | null): boolean {
    const pepper = record ? peppers.byId.get(record.pepper_id) : peppers.current;
    const hash = hashToken(credential, pepper ?? peppers.current);
    return sameHash(hash, record?.secret_hash ?? NO_HASH) && record !== null && pepper !== undefined;
  }

  return async (credential) => {
    const parsed = parseToken(credential.reveal());
    if (!parsed) return MALFORMED;
    let record: TokenRecord | null;
    try {
      record = await lookup(parsed.id);
    } catch (error) {
      if (!(error instanceof LookupLate) && !isDatabaseAway(error)) throw error;
      onTrouble(error);
      return UNAVAILABLE;
    }
    const matches = secretMatches(credential, record);
    if (!record) return UNKNOWN;
    return matches ? judge(record) : WRONG_SECRET;
  };
}

/** What a token whose secret was right may do now. */
function judge(record: TokenRecord): Verification {
  const known = { organizationId: record.organization_id, tokenId: record.id };
  const expiresAt = record.expires_at === null ? null : new Date(record.expires_at);
  const deletedAt = record.deleted_at === null ? null : new Date(record.deleted_at);
  const around = { issuerStatus: record.issuer_status, tokensEnabled: record.tokens_enabled };
  const standing = tokenStanding({ deletedAt, expiresAt }, around, new Date(record.now));
  if (standing !== "active") return { outcome: standing, known };
  if (record.kind === "cls") return { outcome: "client_secret", known };
  return {
    outcome: "allowed",
    known,
    actor: proveToken({
      organizationId: record.organization_id,
      memberId: record.issuer_id,
      tokenId: record.id,
      permissions: tokenPermissions(record.role_permissions, record.issuer_permissions),
      groups: record.groups ?? [],
      // By the issuer's rights: a token of an administrator that may do less still acts for somebody unbounded.
      bounded: isBounded(record.teams_enabled, record.issuer_permissions),
    }),
    token: {
      id: record.id,
      kind: record.kind,
      prefix: record.prefix,
      name: record.name,
      description: record.description,
      createdAt: new Date(record.created_at),
      expiresAt,
      organization: { id: record.organization_id, name: record.organization_name, slug: record.organization_slug },
      issuer: {
        id: record.issuer_id,
        name: record.issuer_name,
        email: record.issuer_email,
        role: { id: record.issuer_role_id, name: record.issuer_role_name },
      },
      role: record.role_id && record.role_name ? { id: record.role_id, name: record.role_name } : null,
    },
  };
}
