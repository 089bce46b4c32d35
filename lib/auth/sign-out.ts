import "server-only";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { endOtherSessions } from "./end-sessions";
import { nextAuth } from "./next-auth";
import { currentSession } from "./require-member";

/** Ends the session of this browser, and clears its cookie, whether or not anybody was in. */
export async function signOut(): Promise<Outcome<null>> {
  await nextAuth.signOut({ redirect: false });
  return done(null);
}

/** Ends every session of the member but this browser's. */
export async function signOutElsewhere(
  actor: MemberActor,
  _input: unknown,
  ctx: Context,
): Promise<Outcome<{ ended: number }>> {
  const session = await currentSession();
  return session ? endOtherSessions(actor, { keep: session.id }, ctx) : refused("not_found");
}

/** Ends every session of the member, this browser's included. */
export async function signOutEverywhere(actor: MemberActor, _input: unknown, ctx: Context): Promise<Outcome<null>> {
  await endOtherSessions(actor, { keep: null }, ctx);
  return signOut();
}
