import { isBounded, proveMember } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import type { AccessTokenClaims, ClientsClaims } from "@/lib/oauth/access-token-claims";
import { tokenStanding, tokenStatus } from "@/lib/tokens/token-status";
import { boundsOf } from "./judge-record";
import type { LoginRecord } from "./login-record";
import { superseded } from "./other-secrets";
import type { AccessTokenFacts, Allowed, Verification } from "./outcome";
import type { Shared } from "./shared-parts";

/** What an access token comes to, and when that is over by the clock of its claims, in milliseconds since 1970. */
export interface Judgement {
  answer: Verification;
  overAt: number;
}

const UNKNOWN: Judgement = { answer: Object.freeze({ outcome: "unknown" }), overAt: Number.POSITIVE_INFINITY };

/** How far ahead of the database's clock one may have been made: that clock may have been set back since. */
const AHEAD_MS = 60_000;

const factsOf = ({ jti, client_id, aud, scope, iat, exp }: AccessTokenClaims): AccessTokenFacts =>
  Object.freeze({ id: jti, clientId: client_id, audience: aud, scope, issuedAt: iat * 1000, expiresAt: exp * 1000 });

/** As the one rule of validity reads them: what is taken back counts as deleted, whenever that was. */
const datesOf = ({ exp }: AccessTokenClaims, ended: boolean) => ({
  deletedAt: ended ? new Date(0) : null,
  expiresAt: new Date(exp * 1000),
});
const isFromTheFuture = ({ iat }: AccessTokenClaims, now: number) => iat * 1000 > now + AHEAD_MS;

/**
 * What a client's access token may do: its scope, cut down to what the client may now, by the answer that its secret would
 * get. Null stands for a client that does not exist. One that was exchanged for a secret that another has replaced is no
 * more than that secret: it reads until that one ends. One of a secret after the current one was exchanged when the client
 * had been read already, and the feed is about to say so.
 */
export function judgeClients(
  claims: ClientsClaims,
  client: Verification | null,
  { revoked, now }: { revoked: boolean; now: number },
): Judgement {
  if (client === null || !("known" in client) || client.outcome === "allowed") return UNKNOWN;
  const { known } = client;
  if (known.organizationId !== claims.org || isFromTheFuture(claims, now)) return UNKNOWN;
  const over = (outcome: "expired" | "deleted"): Judgement => ({
    answer: Object.freeze({ outcome, known: plainly(known) }),
    overAt: Number.POSITIVE_INFINITY,
  });
  const status = tokenStatus(datesOf(claims, revoked), new Date(now));
  if (status !== "active") return over(status);
  if (client.outcome !== "client_secret") return { answer: client, overAt: Number.POSITIVE_INFINITY };
  const exp = claims.exp * 1000;
  const secretsSince = client.client.token.secretGeneration - claims.secret_generation;
  if (secretsSince <= 0) return { answer: withScope(client.client, claims, exp), overAt: exp };
  const endsAt = secretsSince === 1 ? Math.min(exp, client.previousEndsAt ?? 0) : 0;
  if (now >= endsAt) return over("expired");
  return { answer: withScope(superseded(client.client, endsAt), claims, endsAt), overAt: endsAt };
}

/** Without which secret it was: that is told of secrets, when they are exchanged. */
const plainly = ({ organizationId, tokenId }: { organizationId: string; tokenId: string }) => ({
  organizationId,
  tokenId,
  byAccessToken: true as const,
});

function withScope({ actor, token, bounds }: Allowed, claims: AccessTokenClaims, expiresAt: number): Verification {
  const access = factsOf(claims);
  const permissions = within(actor.permissions, claims.scope);
  const acting = Object.freeze({ ...actor, permissions, accessToken: access });
  return Object.freeze({
    outcome: "allowed",
    known: plainly({ organizationId: actor.organizationId, tokenId: token.id }),
    bounds,
    actor: acting,
    token: Object.freeze({ ...token, expiresAt }),
    access,
  });
}

/** The same set where nothing is taken away. */
function within(permissions: ReadonlySet<Permission>, scope: string): ReadonlySet<Permission> {
  const asked = new Set(scope.split(" "));
  const left = [...permissions].filter((permission) => asked.has(permission));
  return left.length === permissions.size ? permissions : new Set(left);
}

/** What a person's access token may do: its scope, cut down to what the member may now. It ends with its API login. */
export function judgeLogins(
  claims: AccessTokenClaims,
  login: LoginRecord | null,
  { revoked, now }: { revoked: boolean; now: number },
  shared: Shared,
): Judgement {
  if (!login || login.organization_id !== claims.org || login.member_id !== claims.sub) return UNKNOWN;
  if (isFromTheFuture(claims, now)) return UNKNOWN;
  const organizationId = shared("id", login.organization_id, () => login.organization_id);
  const known = Object.freeze({
    organizationId,
    tokenId: login.id,
    loginOf: login.member_id,
    byAccessToken: true as const,
  });
  const standing = tokenStanding(
    datesOf(claims, revoked || login.ended_at !== null),
    { issuerStatus: login.member_status, tokensEnabled: login.tokens_enabled },
    new Date(now),
  );
  if (standing !== "active") {
    return { answer: Object.freeze({ outcome: standing, known }), overAt: Number.POSITIVE_INFINITY };
  }
  const whole = shared("member's permissions", login.permissions, () => new Set(login.permissions));
  const permissions = within(whole, claims.scope);
  const role = Object.freeze({ id: login.role_id, name: login.role_name });
  const exp = claims.exp * 1000;
  const answer: Verification = {
    outcome: "allowed",
    known,
    bounds: boundsOf({ ...login, token_networks: [] }, shared),
    actor: Object.freeze(
      proveMember({
        organizationId,
        memberId: login.member_id,
        userId: login.user_id,
        name: login.user_name,
        email: login.user_email ?? "",
        roleId: login.role_id,
        portal: login.portal,
        permissions,
        groups: shared("groups", login.groups ?? [], () => Object.freeze(login.groups ?? [])),
        bounded: isBounded(login.teams_enabled, login.permissions),
        loginId: login.id,
        ...(permissions === whole ? {} : { narrowed: true as const }),
      }),
    ),
    token: Object.freeze({
      id: login.id,
      kind: "login",
      prefix: "",
      name: "Signed in to the API",
      description: null,
      createdAt: login.created_at,
      expiresAt: exp,
      secretGeneration: 0,
      organization: Object.freeze({ id: organizationId, name: login.organization_name, slug: login.organization_slug }),
      issuer: Object.freeze({ id: login.member_id, name: login.user_name, email: login.user_email, role }),
      role: null,
    }),
    access: factsOf(claims),
  };
  return { answer: Object.freeze(answer), overAt: exp };
}
