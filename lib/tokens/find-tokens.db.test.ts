import { expect, it } from "vitest";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { findTokens } from "./find-tokens";

it("finds by a part of the name or the start of the id what the member sees, eight at most, and nothing for nothing", () =>
  withRollback(async (db) => {
    const world = await makeWorld(db);
    const mine = await world.addToken(world.user, { name: "Grafana reader" });
    const theirs = await world.addToken(world.engineer, { name: "Grafana writer" });
    const names = async (who: typeof world.user, q: string) => {
      const found = await findTokens(who, { q }, contextOf(db));
      return found.ok ? found.value.tokens.map(({ name }) => name).sort() : null;
    };
    expect(await names(world.admin, "graf")).toEqual(["Grafana reader", "Grafana writer"]);
    expect(await names(world.user, "graf")).toEqual(["Grafana reader"]);
    expect(await names(world.user, mine.id.slice(0, 6))).toEqual(["Grafana reader"]);
    expect(await names(world.user, theirs.id)).toEqual([]);
    expect(await names(world.user, "  ")).toEqual([]);

    for (let n = 0; n < 9; n++) await world.addToken(world.user, { name: `Grafana copy ${n}` });
    expect(await names(world.user, "graf")).toHaveLength(8);
  }));
