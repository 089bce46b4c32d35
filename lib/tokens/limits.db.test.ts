import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { asc, inArray } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema";
import type { ActAnswers, Acts } from "@/test/acting-process";
import { freshDatabase } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { countLiveTokens } from "./live-tokens";

const SCRIPT = fileURLToPath(new URL("../../test/acting-process.ts", import.meta.url));

async function startProcess(): Promise<ChildProcess> {
  const child = fork(SCRIPT, { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return child;
}

async function answersOf(child: ChildProcess, acts: Acts): Promise<ActAnswers> {
  const answered = once(child, "message") as Promise<[ActAnswers]>;
  const left = once(child, "exit");
  child.send(acts);
  const [answers] = await answered;
  await left;
  return answers;
}

/** Deletions are rarer than creations, so that the limits are reached. */
const act = fc.record({
  kind: fc.constantFrom("create" as const, "create" as const, "create" as const, "delete" as const),
  member: fc.nat(2),
});

describe("limits of a policy, under two processes at once", () => {
  it("hold for any interleaving, and what was acknowledged is there, with its event", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 30, maxLength: 60 }),
        fc.array(act, { minLength: 30, maxLength: 60 }),
        fc.integer({ min: 4, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        async (one, other, maxPerOrganization, maxPerIssuer) => {
          const { db, url } = await freshDatabase();
          const policy = { maxPerOrganization, maxPerIssuer };
          const world = await makeWorld(db, { preset: "personal_mirror", policy });
          const people = [world.admin, world.engineer, world.user].map(({ memberId }) => memberId);
          const { organizationId } = world;
          const plan = (acts: typeof one): Acts => ({
            url,
            organizationId,
            acts: acts.map(({ kind, member }) => ({ kind, memberId: people[member] as string })),
            lanes: 4,
          });
          const children = await Promise.all([startProcess(), startProcess()]);
          const answers = (
            await Promise.all([answersOf(children[0], plan(one)), answersOf(children[1], plan(other))])
          ).flat();

          const allowed = ["created", "deleted", "nothing", "organization_limit_reached", "issuer_limit_reached"];
          expect(answers.filter((answer) => !allowed.includes(answer))).toEqual([]);
          const count = (answer: string) => answers.filter((given) => given === answer).length;

          const events = await db
            .select({ action: auditEvents.action, issuer: auditEvents.actorMemberId })
            .from(auditEvents)
            .where(inArray(auditEvents.action, ["token.created", "token.deleted"]))
            .orderBy(asc(auditEvents.id));
          expect(events.filter(({ action }) => action === "token.created")).toHaveLength(count("created"));
          expect(events.filter(({ action }) => action === "token.deleted")).toHaveLength(count("deleted"));

          for (const memberId of people) {
            const live = await countLiveTokens(db, { organizationId, memberId }, contextOf(db).now);
            expect(live.organization).toBe(count("created") - count("deleted"));
            expect(live.organization).toBeLessThanOrEqual(maxPerOrganization);
            expect(live.issuer).toBeLessThanOrEqual(maxPerIssuer);
          }
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
