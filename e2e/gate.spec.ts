import { once } from "node:events";
import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";
import { processTree, survivors } from "./processes";
import { startServer } from "./server";

const isGate = ({ pid }: { pid: number }) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("scripts/gate.mjs");

test("the gate starts beside the console, and the whole start ends when it dies", async () => {
  test.setTimeout(120_000);
  const server = await startServer();
  try {
    const log = () => readFileSync(server.logFile, "utf8");
    await expect.poll(log).toContain(`ready at ${server.url}, the gate at ${server.gateUrl}\n`);
    const answers = await Promise.all(["/readyz", "/verify"].map((path) => fetch(server.gateUrl + path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);

    const started = processTree(server.process.pid ?? 0);
    const [gate, ...others] = started.filter(isGate);
    expect(others).toEqual([]);
    const ended = once(server.process, "exit");
    process.kill(gate?.pid ?? 0, "SIGKILL");
    expect(await ended).toEqual([1, null]);
    expect(survivors(started)).toEqual([]);
    await expect.poll(log).toContain("The gate ended unexpectedly, by SIGKILL.\n");
  } finally {
    await server.stop();
  }
});
