import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { MemberActor } from "@/lib/access/actor";
import { GROUP_WORDS, type GroupWords } from "@/lib/organizations/group-words";
import { placeInPortal } from "@/lib/tokens/token-places";
import { TOKEN_WORDS, type TokenWords } from "@/lib/tokens/token-words";
import { readSession, type Session, touchSession } from "./read-session";
import { requestContext } from "./request-context";
import { PATH_HEADER, safeReturnTo } from "./safe-return-to";
import { requestSessionToken } from "./session-cookie";

/** Who is signed in, read once a request; null for nobody. Pages and actions want `requireMember` or `memberAction`. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const token = await requestSessionToken();
  if (!token) return null;
  const { db, now, origin } = await requestContext();
  const session = await readSession(db, token, now);
  if (session) await touchSession(db, session, now, origin.ip);
  return session;
});

/** The signed-in, active member; null for anybody else. */
export async function currentMember(): Promise<MemberActor | null> {
  return (await currentSession())?.actor ?? null;
}

/**
 * The only way into a page: the active member of this moment, with live role and groups. Everybody else is sent where
 * they belong: to sign in and back, to the page that says why there is no way in, to their own portal and there to the
 * page of the same name.
 */
export async function requireMember(portal: MemberActor["portal"] = "console"): Promise<MemberActor> {
  const session = await signedIn();
  if (!session.actor) redirect((session.isOperator ? "/operator" : "/account") as Route);
  const { portal: own } = session.actor;
  if (own !== portal) redirect((placeInPortal(await requestPath(), own) ?? (own === "hub" ? "/hub" : "/")) as Route);
  return session.actor;
}

/** The words of the signed-in member's organization: for its tokens, and for its groups. */
export async function organizationWords(): Promise<{ tokens: TokenWords; groups: GroupWords }> {
  const organization = (await currentSession())?.organization;
  return {
    tokens: TOKEN_WORDS[organization?.preset ?? "role_scoped"],
    groups: GROUP_WORDS[organization?.groupNoun ?? "group"],
  };
}

/** The signed-in operator, who hosts Latchkey. Others are sent to their own pages. */
export async function requireOperator(): Promise<Session> {
  const session = await signedIn();
  if (!session.isOperator) redirect("/" as Route);
  return session;
}

/** The session of a page that anybody signed in may see; others are sent to sign in and back. */
export async function signedIn(): Promise<Session> {
  const session = await currentSession();
  if (session) return session;
  const path = safeReturnTo(await requestPath());
  redirect(`/sign-in?${new URLSearchParams({ return_to: path })}` as Route);
}

/** The path and query that are asked for. */
export const requestPath = async (): Promise<string> => (await headers()).get(PATH_HEADER) ?? "";
