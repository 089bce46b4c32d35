import { setTimeout as pause } from "node:timers/promises";
import { mintToken } from "@/lib/tokens/token-secret";
import type { Ground } from "../ground";
import { atMost, type PartReport, show, table } from "../report";
import { CONNECTIONS } from "../rounds";
import { startGateProcess } from "../servers/server-process";
import { load, sweep } from "../socket-load";

const TARGET = { megabytes: 300, growth: 50, writes: 1 };
const TOKENS = 100_000;
const RANDOM = 10_000;
const HOT_SECONDS = 6;
const USAGE_WRITES = "%insert into token_usage%";

/** What a gate that serves takes of the machine's memory, and how often it writes what a hot token is used. */
export async function memory(ground: Ground): Promise<PartReport> {
  const tokens = await ground.makeTokens(TOKENS);
  const random = Array.from({ length: RANDOM }, () => mintToken("lk", "pat").plain.reveal());
  const server = await startGateProcess({ ...ground.variables, TOKEN_CACHE_SIZE: String(TOKENS) });
  const url = `${server.url}/verify`;
  const all = (credentials: string[], statuses: number[]) =>
    sweep({ url, credentials, connections: CONNECTIONS, statuses });
  try {
    const idle = server.memory();
    const first = await all(tokens, [200]);
    const once = server.memory();
    // All of them again, most of them read anew: what the first reading left behind is still there.
    await all(tokens, [200]);
    const twice = server.memory();
    // An address that brings too many of them is told to wait.
    const refused = await all(random, [401, 429]);
    const after = server.memory();

    await untilQuiet(ground);
    const before = await ground.statements(USAGE_WRITES);
    const hot = await load({
      url,
      seconds: HOT_SECONDS,
      credentials: Array<string>(CONNECTIONS).fill(tokens[0] ?? ""),
      status: 200,
    });
    const writes = (await ground.statements(USAGE_WRITES)) - before;
    const refusals = Object.entries(refused.statuses).map(([status, count]) => `${show(count)} with ${status}`);
    return {
      title: "Memory and writes",
      findings: [
        atMost(
          `memory of the gate with ${show(TOKENS)} tokens in its cache (RSS)`,
          Math.max(once, twice),
          TARGET.megabytes,
          0,
          " MB",
        ),
        atMost(
          `growth of it by ${show(RANDOM)} random well-formed tokens`,
          Math.max(0, after - twice),
          TARGET.growth,
          0,
          " MB",
        ),
        atMost(
          `writes of usage a second, one token over ${CONNECTIONS} connections`,
          writes / HOT_SECONDS,
          TARGET.writes,
        ),
      ],
      details: [
        table(
          ["memory of the gate's process (RSS)", "MB"],
          [
            ["started", show(idle, 0)],
            [`after ${show(TOKENS)} tokens, each asked for once`, show(once, 0)],
            ["after the same once more", show(twice, 0)],
            [`after ${show(RANDOM)} tokens that there are none of`, show(after, 0)],
          ],
        ),
        `The first asking read ${show(first.rate)} tokens a second. The random ones were refused, ${refusals.join(", ")}. The hot token was let in ${show(hot.answers)} times in ${HOT_SECONDS} s, written in ${writes} statements.`,
      ].join("\n\n"),
    };
  } finally {
    await server.stop();
  }
}

/** Returns once the counts of what went before are written. */
async function untilQuiet(ground: Ground): Promise<void> {
  for (let last = -1, quiet = 0; quiet < 4; await pause(500)) {
    const now = await ground.statements(USAGE_WRITES);
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
}
