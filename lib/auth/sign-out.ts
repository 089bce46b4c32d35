import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type Outcome, refused } from "@/lib/refusal";
import { endOtherSessions } from "./end-sessions";
import { nextAuth } from "./next-auth";
import { currentSession } from "./require-member";

/** Ends the session of this browser, clears its cookie and goes to the sign-in page, whether or not anybody was in. */
export async function signOut(): Promise<Outcome<never>> {
  await nextAuth.signOut({ redirect: false });
  redirect("/sign-in" as Route);
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

/** Ends every session of the member, this browser's included, and goes to the sign-in page. */
export async function signOutEverywhere(actor: MemberActor, _input: unknown, ctx: Context): Promise<Outcome<never>> {
  await endOtherSessions(actor, { keep: null }, ctx);
  return signOut();
}
