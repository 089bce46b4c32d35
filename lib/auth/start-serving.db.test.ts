import { isNotNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { instances, outbox } from "@/db/schema";
import { askForRun } from "@/lib/jobs/ask-for-run";
import { freshDatabase } from "@/test/database";
import { until } from "@/test/instance";
import { addMail } from "@/test/mail-rows";
import { startSmtpServer } from "@/test/mail-servers";
import { operatorSession } from "@/test/operator";
import { startProgram } from "@/test/program";
import { contextOf, makeWorld } from "@/test/world";

describe("a console that is told to end", () => {
  it("finishes the message that it is at, so that nothing goes out twice, and begins no other", async () => {
    const { url, db } = await freshDatabase({ max: 4 });
    await addMail(db, await makeWorld(db), { count: 3, now: new Date() });
    const server = await startSmtpServer();
    let answer = () => {};
    const answersAfter = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.state.mood = (message) => (message === 1 ? { answersAfter } : "take");
    const pages = startProgram("test/serving-process.ts", {
      DATABASE_URL: url,
      SMTP_URL: server.url,
      MAIL_FROM: "Latchkey <tokens@tokens.example>",
      JOBS: "on",
    });
    await pages.says("it serves");
    // Refused until it has begun with its jobs.
    await until(async () => (await askForRun(operatorSession(), { name: "send-mail" }, contextOf(db), url)).ok);
    await until(() => server.taken.length === 1);

    const ended = pages.end();
    await pages.says("it is told to end");
    // All else that it had to do is done.
    await until(async () => (await db.$count(instances, isNotNull(instances.stoppedAt))) === 1);
    answer();
    expect((await ended).code).toBe(143);
    expect(server.taken).toHaveLength(1);
    const states = (await db.select().from(outbox)).map(({ state, attempts, doubtful }) => [state, attempts, doubtful]);
    expect(states.sort()).toEqual([
      ["sent", 1, false],
      ["waiting", 0, false],
      ["waiting", 0, false],
    ]);
  });
});
