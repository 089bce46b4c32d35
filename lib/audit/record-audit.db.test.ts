import { asc } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvents } from "@/db/schema";
import { minutes } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { recordAudit } from "./record-audit";

it("orders events by their ids as they were written, also within one millisecond and where the earlier request waited", () =>
  withRollback(async (db) => {
    const { organizationId } = await makeWorld(db);
    for (let n = 0; n < 50; n++) {
      const event = { organizationId, action: "token.updated", subject: { kind: "token", id: String(n) } } as const;
      await db.transaction((tx) => recordAudit(tx, "system", event, contextOf(db, minutes(-n % 3))));
    }
    const rows = await db
      .select({ subject: auditEvents.subjectId, action: auditEvents.action })
      .from(auditEvents)
      .orderBy(asc(auditEvents.id));
    const subjects = rows.filter(({ action }) => action === "token.updated").map(({ subject }) => Number(subject));
    expect(subjects).toEqual(Array.from({ length: 50 }, (_, n) => n));
  }));
