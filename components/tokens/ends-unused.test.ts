import { expect, test } from "vitest";
import { days, hours } from "@/test/clock";
import { movedExpiry } from "./ends-unused";

test("a new secret moves the expiry where it was meant to and that is still a later day, and never back", () => {
  expect(movedExpiry(days(90), days(2), "UTC")).toEqual(days(90));
  // Extended while it waited.
  expect(movedExpiry(days(9), days(60), "UTC")).toBeNull();
  expect(movedExpiry(days(9), null, "UTC")).toBeNull();
  expect(movedExpiry(null, days(2), "UTC")).toBeNull();
  expect(movedExpiry(hours(1), hours(0.5), "UTC")).toBeNull();
  expect(movedExpiry(days(9), days(9), "UTC")).toBeNull();
});
