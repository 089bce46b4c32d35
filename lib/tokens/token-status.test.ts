import { describe, expect, it } from "vitest";
import { days, NOW } from "@/test/clock";
import { expiresSoon, tokenStatus } from "./token-status";

const moment = (ms: number) => new Date(NOW.getTime() + ms);

describe("tokenStatus", () => {
  it.each([
    ["active without an expiry", null, null, "active"],
    ["active one millisecond before its expiry", moment(1), null, "active"],
    ["expired at the very instant of its expiry", NOW, null, "expired"],
    ["expired after it", days(-1), null, "expired"],
    ["deleted, though it would still run", days(30), days(-1), "deleted"],
    ["deleted rather than expired, where it is both", days(-2), days(-1), "deleted"],
  ] as const)("is %s", (_, expiresAt, deletedAt, status) => {
    expect(tokenStatus({ expiresAt, deletedAt }, NOW)).toBe(status);
  });
});

describe("expiresSoon", () => {
  it.each([
    [days(7), null, true],
    [moment(7 * 86_400_000 + 1), null, false],
    [moment(1), null, true],
    [NOW, null, false],
    [null, null, false],
    [days(3), days(-1), false],
  ])("with expiry %s and deletion %s is %s", (expiresAt, deletedAt, soon) => {
    expect(expiresSoon({ expiresAt, deletedAt }, NOW)).toBe(soon);
  });
});
