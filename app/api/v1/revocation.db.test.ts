import { expect, it } from "vitest";
import type { Authority } from "@/lib/authority/create-authority";
import { callRoute } from "@/test/api";
import { twoInstances } from "@/test/instance";
import { DELETE as endSelf } from "./tokens/self/route";

it("refuses a token from the moment on at which its end was answered", async () => {
  const { world, one } = await twoInstances();
  const home = globalThis as { latchkeyDatabase?: unknown; latchkeyAuthority?: Authority };
  home.latchkeyDatabase = one.database;
  home.latchkeyAuthority = one;
  try {
    for (let round = 0; round < 20; round++) {
      const { secret } = await world.addToken(world.user);
      expect(await one.outcome(secret)).toBe("allowed");
      const { status } = await callRoute(endSelf, { token: secret, method: "DELETE" });
      expect(status).toBe(200);
      expect(await one.outcome(secret)).toBe("deleted");
    }
  } finally {
    home.latchkeyDatabase = home.latchkeyAuthority = undefined;
  }
});
