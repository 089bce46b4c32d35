import { expect, test } from "vitest";
import {
  clockText,
  dateText,
  instantText,
  minuteText,
  nearDateText,
  nextChange,
  relativeText,
  secondText,
} from "./time-text";

const now = new Date("2026-03-12T12:00:00Z");
const after = (ms: number) => new Date(now.getTime() + ms);
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

test.each([
  [0, "just now"],
  [2 * second, "just now"],
  [-12 * second, "12 seconds ago"],
  [-minute, "1 minute ago"],
  [-59.9 * minute, "59 minutes ago"],
  [-9 * hour, "9 hours ago"],
  [-30 * hour, "yesterday"],
  [-38 * day, "38 days ago"],
  [-800 * day, "2 years ago"],
  [23 * hour, "in 23 hours"],
  [day - 1000, "in 1 day"],
  [35 * hour, "in 1 day"],
  [36 * hour, "in 2 days"],
  [5.2 * day, "in 5 days"],
])("an instant %i ms from now reads %s", (gap, words) => {
  expect(relativeText(after(gap), now)).toBe(words);
});

test("days left are the nearest whole ones: what was made a moment ago to last 90 says 90", () => {
  expect(relativeText(after(90 * day - minute), now)).toBe("in 90 days");
  expect(relativeText(after(4.4 * day), now)).toBe("in 4 days");
});

test("a date is that of the reader's zone, and the exact instant names the zone", () => {
  const late = new Date("2026-03-12T23:30:05Z");
  expect(dateText(late, "UTC")).toBe("12 Mar 2026");
  expect(dateText(late, "Asia/Tokyo")).toBe("13 Mar 2026");
  expect(instantText(late, "Europe/Berlin")).toBe("13 Mar 2026, 00:30:05 GMT+1");
  expect(minuteText(late, "Europe/Berlin")).toBe("13 Mar 2026, 00:30");
  expect(clockText(late, "UTC")).toBe("23:30");
  expect(secondText(late, "UTC")).toBe("23:30:05");
});

test("what is old is looked at less often", () => {
  expect(nextChange(after(-2 * second), now)).toBeLessThan(nextChange(after(-2 * minute), now));
  expect(nextChange(after(-3 * day), now)).toBe(hour);
});

test("a day less than two days ahead comes with its hour, any other without", () => {
  const now = new Date("2026-03-10T12:00:00Z");
  const text = (iso: string, zone = "UTC") => nearDateText(new Date(iso), now, zone);
  expect(text("2026-03-10T19:00:00Z")).toBe("10 Mar 2026, 19:00");
  expect(text("2026-03-12T11:59:59Z", "Europe/Berlin")).toBe("12 Mar 2026, 12:59");
  expect(text("2026-03-12T12:00:00Z")).toBe("12 Mar 2026");
  expect(text("2026-03-10T12:00:00Z")).toBe("10 Mar 2026");
  expect(text("2026-03-09T12:00:00Z")).toBe("9 Mar 2026");
});
