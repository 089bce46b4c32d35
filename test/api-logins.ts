import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiLogins, auditEvents, refreshTokens } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { logIn } from "@/lib/auth/log-in";
import { refreshLogin } from "@/lib/logins/refresh-login";
import { NOW } from "./clock";
import { givePassword, PASSWORD } from "./passwords";
import { contextOf } from "./world";

export const INVALID = { ok: false, refusal: { code: "refresh_token_invalid" } };
export const second = (n: number) => new Date(NOW.getTime() + n * 1000);

export const withPassword = (db: Db, person: MemberActor) => givePassword(db, person, NOW);

export const enter = (
  db: Db,
  { email }: MemberActor,
  more: { organization?: string; scope?: string[] } = {},
  now = NOW,
) => logIn({ email, password: PASSWORD, ...more }, { agent: "curl/8.5.0" }, contextOf(db, now));

export async function entered(db: Db, member: MemberActor, scope?: string[], now = NOW) {
  const outcome = await enter(db, member, { scope }, now);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

export const refresh = (db: Db, token: string, now = NOW) => refreshLogin({ refresh_token: token }, contextOf(db, now));

export async function refreshed(db: Db, token: string, now = NOW) {
  const outcome = await refresh(db, token, now);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

export const loginsIn = (db: Db, organizationId: string) =>
  db.select().from(apiLogins).where(eq(apiLogins.organizationId, organizationId)).orderBy(asc(apiLogins.createdAt));

export const eventsIn = async (db: Db, organizationId: string) =>
  (
    await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.organizationId, organizationId))
      .orderBy(asc(auditEvents.id))
  ).filter(({ action }) => action.startsWith("session.api"));

/** Everything about logins that anybody can read later. */
export const allThatIsKept = async (db: Db) =>
  JSON.stringify([
    await db.select().from(apiLogins),
    await db.select().from(refreshTokens),
    await db.select().from(auditEvents),
  ]);
