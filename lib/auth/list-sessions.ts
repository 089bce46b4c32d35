import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { apiLogins, members, organizations, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { describeAgent } from "./describe-agent";
import { SESSION_IDLE } from "./session-life";

interface Shown {
  id: string;
  device: string;
  kind: "desktop" | "phone" | "program";
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** The browser that asks. */
  current: boolean;
}

/** A browser that is signed in, or a program that signed in to the API, as its owner sees it. */
export type SessionRow = Shown &
  (
    | { via: "browser" }
    | {
        via: "api";
        /** In which organization, since an API login is for one. */
        organization: string;
        /** When it is over unless it is refreshed before. */
        expiresAt: Date;
      }
  );

const SHOWN = 100;

/** The live sessions of a member, the asking one first, then the last seen, and the live API logins; at most 100 of each. */
export async function listSessions(
  actor: MemberActor,
  { current }: { current: string | undefined },
  ctx: Pick<Context, "db" | "now">,
): Promise<SessionRow[]> {
  const [browsers, logins] = await Promise.all([listBrowsers(actor, current, ctx), listLogins(actor, ctx)]);
  return [...browsers, ...logins].sort((a, b) => Number(b.current) - Number(a.current));
}

async function listBrowsers(
  actor: MemberActor,
  current: string | undefined,
  { db, now }: Pick<Context, "db" | "now">,
): Promise<SessionRow[]> {
  const rows = await db
    .select({
      id: sessions.id,
      agent: sessions.agent,
      ip: sessions.ip,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, actor.userId),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - SESSION_IDLE)),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(SHOWN);
  return rows.map(({ agent, ...row }) => ({
    via: "browser",
    ...row,
    ...describeAgent(agent),
    current: row.id === current,
  }));
}

async function listLogins(actor: MemberActor, { db, now }: Pick<Context, "db" | "now">): Promise<SessionRow[]> {
  const rows = await db
    .select({
      id: apiLogins.id,
      agent: apiLogins.agent,
      ip: apiLogins.ip,
      createdAt: apiLogins.createdAt,
      lastSeenAt: apiLogins.lastSeenAt,
      expiresAt: apiLogins.expiresAt,
      organization: organizations.name,
    })
    .from(apiLogins)
    .innerJoin(members, and(eq(members.organizationId, apiLogins.organizationId), eq(members.id, apiLogins.memberId)))
    .innerJoin(organizations, eq(organizations.id, apiLogins.organizationId))
    .where(and(eq(members.userId, actor.userId), isNull(apiLogins.endedAt), gt(apiLogins.expiresAt, now)))
    .orderBy(desc(apiLogins.lastSeenAt), desc(apiLogins.id))
    .limit(SHOWN);
  return rows.map(({ agent, ...row }) => ({ via: "api", ...row, ...describeAgent(agent), current: false }));
}
