import { eq } from "drizzle-orm";
import { apiTokens, auditEvents, tokenPolicies } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { rotateToken } from "@/lib/tokens/rotate-token";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { type startInstance, twoInstances } from "./instance";
import { contextOf, type NewToken } from "./world";

/** Two instances, and a token of which new secrets can be asked for. */
export async function rotationScene(wish: NewToken = {}, policy?: Partial<TokenPolicy>) {
  const instances = await twoInstances();
  const { db, sql, world } = instances;
  if (policy) await db.update(tokenPolicies).set(policy);
  const token = await world.addToken(world.user, wish);
  /** As if whatever was done to its secrets had been a while ago. */
  const wait = () => sql`
    update api_tokens set pending_at = pending_at - interval '10 seconds', rotated_at = rotated_at - interval '10 seconds'
    where id = ${token.id}`;
  const hear = () => Promise.all([instances.one.catchUp(), instances.other.catchUp()]);
  return {
    ...instances,
    token,
    wait,
    hear,
    /** A while after the one before. */
    async rotate(overlap = 1, { actor = world.user as Actor, unheard = false } = {}): Promise<string> {
      await wait();
      const made = await rotateToken(actor, { id: token.id, overlap_days: overlap }, contextOf(db, new Date()));
      if (!made.ok) throw new Error(made.refusal.code);
      if (!unheard) await hear();
      return made.value.secret.reveal();
    },
    row: async () => {
      const [row] = await db.select().from(apiTokens).where(eq(apiTokens.id, token.id));
      if (!row) throw new Error("the token is gone");
      return row;
    },
    events: () => db.select().from(auditEvents).where(eq(auditEvents.subjectId, token.id)).orderBy(auditEvents.id),
    actions: async () => {
      const rows = await db
        .select({ action: auditEvents.action })
        .from(auditEvents)
        .where(eq(auditEvents.subjectId, token.id));
      return rows.map(({ action }) => action).sort();
    },
  };
}

export const codeOf = async (
  instance: Awaited<ReturnType<typeof startInstance>>,
  secret: string,
  ip: string | null = null,
) => {
  const admission = await instance.use(secret, ip);
  return admission.ok ? "ok" : admission.code;
};
