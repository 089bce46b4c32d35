import { expect, test } from "vitest";
import { calendarDateFrom, calendarDateOf, calendarDateProblem, localDay } from "./calendar-date";

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

test.each([
  ["", "Choose a date."],
  ["31.12.2026", "Write it as YYYY-MM-DD."],
  ["someday", "Write it as YYYY-MM-DD."],
  ["2026-02-30", "There is no 30 February."],
  ["2027-02-29", "There is no 29 February in 2027."],
  ["2026-13-01", "There is no month 13."],
])("says of %j what is wrong", (typed, problem) => {
  expect(calendarDateProblem(typed)).toBe(problem);
});

test("a date goes to the calendar and back unchanged in the browser's own zone", () => {
  for (const date of ["2026-03-29", "2026-10-25", "2027-01-01"]) expect(calendarDateOf(localDay(date))).toBe(date);
});
