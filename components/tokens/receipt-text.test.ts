import { describe, expect, it } from "vitest";
import type { ReceiptInstance, RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import {
  durationText,
  instancesByNeed,
  receiptRemark,
  receiptSentence,
  receiptState,
  serverText,
} from "./receipt-text";

const since = new Date("2026-03-01T12:00:00Z");

function receiptOf(...states: (ReceiptInstance["state"] | number)[]): RevocationReceipt {
  const instances = states.map((state, at): ReceiptInstance => {
    const common = { id: String(at), host: `host-${at}`, server: "app" as const };
    return typeof state === "number"
      ? { ...common, state: "confirmed", after: state, since: null }
      : { ...common, state, after: null, since };
  });
  const isOpen = states.some((state) => state === "waiting" || state === "silent");
  const refusedEverywhereAfter = isOpen ? null : Math.max(0, ...instances.map(({ after }) => after ?? 0));
  return { tokenId: "1m9Y00000000", deletedAt: since, position: 1, isKept: true, instances, refusedEverywhereAfter };
}

describe("a receipt in words", () => {
  it.each([
    [receiptOf(120, 24, 202), "complete", "Refused everywhere after 0.2 s, 3 of 3 instances"],
    [receiptOf(3), "complete", "Refused everywhere after 0.01 s, 1 of 1 instance"],
    [receiptOf(31, "stopped"), "complete", "Refused everywhere after 0.03 s, 1 of 1 instance"],
    [receiptOf("stopped"), "complete", "Refused everywhere: what served it has stopped"],
    [receiptOf(31, "waiting"), "open", "Refused by 1 of 2 instances so far"],
    [receiptOf(31, 20, "silent"), "open", "Refused by 2 of 3 instances; 1 is not heard of"],
    [receiptOf(31, "silent", "silent"), "open", "Refused by 1 of 3 instances; 2 are not heard of"],
    [receiptOf(31, "waiting", "silent"), "open", "Refused by 1 of 3 instances so far; 1 is not heard of"],
    [receiptOf("silent", "stopped"), "open", "1 instance is not heard of"],
    [receiptOf("waiting", "silent"), "open", "Waiting for 2 instances; 1 is not heard of"],
    [receiptOf("waiting", "stopped"), "open", "Waiting for 1 instance"],
    [receiptOf(), "empty", "Its next call is refused"],
  ] as const)("says what it comes to: %#", (receipt, state, sentence) => {
    expect(receiptState(receipt)).toBe(state);
    expect(receiptSentence(receipt).replaceAll("\u00a0", " ")).toBe(sentence);
  });

  it("never says everywhere while one instance has not confirmed", () => {
    for (const state of ["waiting", "silent"] as const) {
      expect(receiptSentence(receiptOf(10, 20, state))).not.toContain("everywhere");
    }
  });

  it("names those that are missing before the others", () => {
    const states = instancesByNeed(receiptOf(10, "silent", "stopped", "waiting")).map(({ state }) => state);
    expect(states).toEqual(["silent", "waiting", "confirmed", "stopped"]);
  });

  it("says which of a host's servers an instance is", () => {
    const [instance] = receiptOf(10).instances;
    expect(instance && [serverText(instance), serverText({ ...instance, server: "gate" })]).toEqual([
      "console",
      "gate",
    ]);
  });

  it("tells a record that is no longer kept from one that never was", () => {
    const nobody = receiptOf();
    expect(receiptRemark(nobody, "deletion")).toMatch(/^No instance was serving/);
    expect(receiptRemark({ ...nobody, isKept: false }, "revocation")).toMatch(/a day after the revocation/);
  });

  it.each([
    [0, "0.01 s"],
    [94, "0.09 s"],
    [95, "0.1 s"],
    [9940, "9.9 s"],
    [9960, "10 s"],
    [1_234_000, "1,234 s"],
  ])("writes %i ms as %s", (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});
