import { type ActingAccessToken, type Actor, isAdministrator } from "@/lib/access/actor";
import { isSubset, type Permission } from "@/lib/access/permission";
import type { Refusal } from "@/lib/refusal";

/**
 * Why a token's secret is not somebody's to have: it may do or see more than they, or it follows an issuer who may one day.
 */
export type Withheld = "exceeds" | "mirror";

/** Who asks: an actor, of a token its id too, and whether its secret is what came. */
export type Asker = Pick<Actor, "kind" | "permissions"> & {
  readonly tokenId?: string;
  readonly accessToken?: ActingAccessToken;
};

export interface ReachFacts {
  id: string;
  /** What it may do while it lives. */
  power: Iterable<Permission>;
  /** It may do what its issuer may, whatever that will be. */
  mirrors: boolean;
  /** The actor's member issued it, or answers for the service account that did. */
  isOwn: boolean;
  /** A token of its issuer sees nothing that the actor does not: see `withinSight`. */
  withinSight: boolean;
}

/** Whether the token acts, by its secret or by an access token that was given for it. */
export const actsAs = (actor: Pick<Asker, "kind" | "tokenId">, { id }: { id: string }): boolean =>
  actor.kind === "token" && actor.tokenId === id;

/** Whether it is the token itself that acts: whoever has an access token need not have the secret. */
export const isItself = (actor: Pick<Asker, "kind" | "tokenId" | "accessToken">, token: { id: string }): boolean =>
  actsAs(actor, token) && !actor.accessToken;

/**
 * What an actor could gain by a new secret of a token; null where that is nothing. One that mirrors its issuer grows with
 * the issuer, so somebody else's is for administrators alone. A token gains nothing by itself.
 */
export function withheldFrom(actor: Asker, facts: ReachFacts): Withheld | null {
  if (isItself(actor, facts)) return null;
  if (!facts.withinSight || !isSubset(facts.power, actor.permissions)) return "exceeds";
  return facts.mirrors && !facts.isOwn && !isAdministrator(actor) ? "mirror" : null;
}

/** Whether somebody may be shown a new secret of a token. */
export function decideSecret(actor: Pick<Actor, "kind">, withheld: Withheld | null): Refusal | null {
  if (withheld === "mirror") return { code: "mirrors_its_issuer" };
  if (withheld !== "exceeds") return null;
  return { code: actor.kind === "token" ? "exceeds_this_token" : "rotation_exceeds_yours" };
}

/** Whether somebody may let a token live longer, of whose secret they learn nothing. None does so itself. */
export function decideLongerLife(
  actor: Pick<Asker, "kind" | "tokenId">,
  token: { id: string; withheld: Withheld | null },
): Refusal | null {
  if (actsAs(actor, token)) return { code: "expiry_not_its_own" };
  if (token.withheld !== "exceeds") return null;
  return { code: actor.kind === "token" ? "exceeds_this_token" : "extension_exceeds_yours" };
}
