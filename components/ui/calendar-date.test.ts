import { expect, test } from "vitest";
import { calendarDateFrom, calendarDateOf, localDay } from "./calendar-date";

test.each([
  ["2026-03-12", "2026-03-12"],
  [" 2026-3-2 ", "2026-03-02"],
  ["12 Mar 2026", "2026-03-12"],
  ["1. december 2026", "2026-12-01"],
  ["2028-02-29", "2028-02-29"],
])("reads %s", (typed, date) => {
  expect(calendarDateFrom(typed)).toBe(date);
});

test.each(["", "2026-02-30", "2026-13-01", "12 Foo 2026", "03/12/2026", "2026-03-12T10:00", "31 Apr 2026"])(
  "takes %j for no date, rather than for another one",
  (typed) => {
    expect(calendarDateFrom(typed)).toBeNull();
  },
);

test("a date goes to the calendar and back unchanged in the browser's own zone", () => {
  for (const date of ["2026-03-29", "2026-10-25", "2027-01-01"]) expect(calendarDateOf(localDay(date))).toBe(date);
});
