import type { Tx } from "@/db/client";
import { ACCESS_TOKEN_LENGTH, ACCESS_TOKEN_SECONDS } from "@/lib/oauth/access-token-claims";
import { type AccessToken, signAccessToken } from "@/lib/oauth/sign-access-token";
import type { PlainToken } from "@/lib/tokens/token-secret";
import { LOGIN_LONGEST } from "./login-life";
import type { LoginMember } from "./read-login-member";
import { addRefreshToken } from "./refresh-tokens";

/** What a person's program gets for a login or a refresh, this once. */
export interface LoginTokens {
  access: AccessToken;
  refresh: { plain: PlainToken; expiresAt: Date };
  organization: { id: string; slug: string; name: string };
}

interface Login {
  organizationId: string;
  id: string;
  memberId: string;
  scope: readonly string[] | null;
  createdAt: Date;
  expiresAt: Date;
}

/** The member may do so much that no header would hold the access token. */
export class AccessTokenTooLong extends Error {
  override name = "AccessTokenTooLong";
}

/**
 * The next pair of a login. The access token may what the member may now, as far as the login was not narrowed. Throws
 * `AccessTokenTooLong`, so that nothing of the transaction stays.
 */
export async function giveLoginTokens(
  tx: Tx,
  { organizationId, id, memberId, scope, createdAt, expiresAt }: Login,
  { organization: { slug, name }, permissions }: LoginMember,
  { now }: { now: Date },
): Promise<LoginTokens> {
  const end = createdAt.getTime() + LOGIN_LONGEST;
  const access = await signAccessToken(
    {
      organizationId,
      bearer: { memberId, loginId: id },
      scope: permissions.filter((permission) => !scope || scope.includes(permission)),
      notAfter: end - now.getTime() < ACCESS_TOKEN_SECONDS * 1000 ? end : null,
    },
    { db: tx },
  );
  if (access.plain.reveal().length > ACCESS_TOKEN_LENGTH) throw new AccessTokenTooLong();
  const plain = await addRefreshToken(tx, { organizationId, loginId: id, expiresAt }, now);
  return { access, refresh: { plain, expiresAt }, organization: { id: organizationId, slug, name } };
}
