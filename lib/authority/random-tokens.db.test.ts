import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { freshDatabase } from "@/test/database";
import type { Flood, FloodAnswer } from "@/test/flooded-process";

const SCRIPT = fileURLToPath(new URL("../../test/flooded-process.ts", import.meta.url));

async function floodWith(tokens: number): Promise<FloodAnswer> {
  const { url } = await freshDatabase();
  const child = fork(SCRIPT, { execArgv: ["--expose-gc", "--import", "tsx"] });
  await once(child, "message");
  child.send({ url, tokens, lanes: 100 } satisfies Flood);
  const [answer] = (await once(child, "message")) as [FloodAnswer];
  return answer;
}

it("takes less than 50 MB for 10,000 random well-formed tokens, and for twice as many no more than that", async () => {
  const { heap, resident, outcomes } = await floodWith(20_000);
  expect(outcomes).toEqual(["invalid_token"]);
  for (const [before, half, after] of [heap, resident]) {
    expect(half - before).toBeLessThan(50);
    expect(after - before).toBeLessThan(50);
  }
});
