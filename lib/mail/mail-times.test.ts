import { describe, expect, it } from "vitest";
import { span, within } from "./mail-times";

const at = (text: string) => new Date(`${text}:00Z`);

describe("a time in a mail", () => {
  it.each([
    ["2026-06-15T12:00", "2026-06-16T12:00", "tomorrow"],
    ["2026-06-15T12:00", "2026-06-16T23:59", "tomorrow"],
    // Not the next day any more, or the same one still.
    ["2026-06-15T22:00", "2026-06-17T08:00", "in 34 hours"],
    ["2026-06-15T00:30", "2026-06-15T23:30", "in 23 hours"],
    ["2026-06-15T12:00", "2026-06-17T12:00", "in 2 days"],
    ["2026-06-15T12:00", "2026-06-15T11:59", "now"],
  ])("of %s to %s is %s", (now, end, words) => {
    expect(within(at(end).toISOString(), at(now))).toBe(words);
  });

  it.each([
    ["2026-03-08T06:00", "2026-03-08T23:00", "on 8 March"],
    ["2026-03-08T06:00", "2026-03-10T06:00", "between 8 and 10 March"],
    ["2026-02-28T06:00", "2026-03-02T06:00", "between 28 February and 2 March"],
    ["2026-12-28T06:00", "2027-01-04T06:00", "between 28 December 2026 and 4 January 2027"],
  ])("from %s to %s is %s", (first, last, words) => {
    expect(span(at(first).toISOString(), at(last).toISOString())).toBe(words);
  });
});
