import { expect, it, onTestFinished } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { createLog } from "@/lib/log";
import { mintToken } from "@/lib/tokens/token-secret";
import { authority } from "./authority";
import type { Authority } from "./create-authority";

const home = globalThis as {
  latchkeyAuthorityDatabase?: Database;
  latchkeyAuthority?: Authority;
  latchkeyLog?: ReturnType<typeof createLog>;
};

it("logs an outage with its cause, in one line however many calls it meets", async () => {
  const lines: string[] = [];
  const nowhere = createDatabase("postgres://nobody@127.0.0.1:1/none", { max: 1 });
  onTestFinished(async () => {
    home.latchkeyAuthorityDatabase = home.latchkeyAuthority = home.latchkeyLog = undefined;
    await nowhere.end();
  });
  home.latchkeyAuthorityDatabase = nowhere;
  home.latchkeyAuthority = undefined;
  home.latchkeyLog = createLog({ level: "info", destination: { write: (line) => void lines.push(line) } });

  const { verify } = authority();
  const calls = Array.from({ length: 20 }, () => verify(mintToken("lk", "pat").plain));
  for (const { outcome } of await Promise.all(calls)) expect(outcome).toBe("unavailable");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ error: { code: "ECONNREFUSED" } });
});
