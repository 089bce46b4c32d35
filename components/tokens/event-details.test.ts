import { describe, expect, it } from "vitest";
import { whyDeleted } from "./event-details";

describe("why a token was deleted", () => {
  it.each([
    [{ old_secret_presented: true }, "because somebody asked for a new secret with one that had ended"],
    [{ by_policy: "deleteExpired" }, "by the policy, because it had expired"],
    [{ by_policy: "inactiveDays", inactive_days: 90 }, "by the policy, because nobody used it for more than 90 days"],
    [{ by_policy: "inactiveDays", inactive_days: 1 }, "by the policy, because nobody used it for more than 1 day"],
  ])("is said of %j", (details, sentence) => {
    expect(whyDeleted({ details: { name: "ci", ...details } })).toBe(sentence);
  });

  it.each([{}, { by_policy: "another" }, { old_secret_presented: "no" }])(
    "is not made up where somebody did it, or where the event is of another time: %j",
    (details) => {
      expect(whyDeleted({ details: { name: "ci", ...details } })).toBeNull();
    },
  );
});
