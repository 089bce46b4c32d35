import { expect, it } from "vitest";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { days, NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { viewToken } from "./view-token";

it("is asked for an answer within seven days, and before only by whom this expiry was told", () =>
  withRollback(async (db) => {
    const world = await makeWorld(db, { policy: { noticeDays: [26, 10, 7, 1], noticeAdministrators: false } });
    const asked = async (who: typeof world.user, id: string) => {
      const view = await viewToken(who, id, contextOf(db));
      if (!view.ok) throw new Error(view.refusal.code);
      return view.value.expiry !== null;
    };
    const told = await world.addToken(world.user, { expiresAt: days(26) });
    const untold = await world.addToken(world.engineer, { createdAt: NOW, expiresAt: days(9) });
    const soon = await world.addToken(world.user, { createdAt: NOW, expiresAt: days(6) });
    expect(await asked(world.user, told.id)).toBe(false);
    await notifyExpiringTokens({ db, now: NOW });
    expect(await asked(world.user, told.id)).toBe(true);
    expect(await asked(world.admin, told.id)).toBe(false);
    expect(await asked(world.engineer, untold.id)).toBe(false);
    expect(await asked(world.user, soon.id)).toBe(true);
    expect(await asked(world.admin, soon.id)).toBe(true);
  }));
