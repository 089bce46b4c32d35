import { and, desc, eq, gt } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { describeAgent } from "./describe-agent";
import { SESSION_IDLE } from "./session-life";

/** A browser that is signed in, as its owner sees it. */
export interface SessionRow {
  id: string;
  device: string;
  kind: "desktop" | "phone" | "program";
  ip: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  /** The browser that asks. */
  current: boolean;
}

/** The live sessions of a member, the asking one first, then the last seen; at most 100. */
export async function listSessions(
  actor: MemberActor,
  { current }: { current: string | undefined },
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
    .limit(100);
  return rows
    .map(({ id, agent, ip, createdAt, lastSeenAt }) => ({
      id,
      ...describeAgent(agent),
      ip,
      createdAt,
      lastSeenAt,
      current: id === current,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}
