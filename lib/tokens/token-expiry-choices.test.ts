import { describe, expect, it } from "vitest";
import { calendarDate, endOfDay, expiryChoices, expiryDates, expiryInstant, usualExpiry } from "./token-expiry-choices";
import { decideExpiry, type TokenPolicy } from "./token-policy";
import { TOKEN_PRESETS } from "./token-presets";
import { DAY } from "./token-status";

const now = new Date("2026-03-12T10:30:00Z");
const policy = (expiry: TokenPolicy["expiry"], expiryDays: number | null = null) => ({ expiry, expiryDays });

describe("choices", () => {
  it("offers days, a date and never where the policy bounds nothing", () => {
    expect(expiryChoices(policy("optional"), now)).toEqual([7, 30, 60, 90, "date", "never"]);
  });

  it("never offers never where an expiry is required or bounded", () => {
    expect(expiryChoices(policy("required"), now)).toEqual([7, 30, 60, 90, "date"]);
    expect(expiryChoices(policy("optional", 60), now)).toEqual([7, 30, 60, "date"]);
  });

  it("offers the bound itself where it is shorter than every usual length", () => {
    expect(expiryChoices(policy("required", 3), now)).toEqual([3, "date"]);
    expect(expiryChoices(policy("required", 1), now)).toEqual([1]);
  });

  it("offers nothing where the policy decides alone", () => {
    expect(expiryChoices(policy("never"), now)).toEqual([]);
    expect(expiryChoices(policy("fixed", 180), now)).toEqual([]);
  });

  it("starts with 90 days or the longest below it, and not with never", () => {
    expect(usualExpiry(policy("optional"), now).choice).toBe(90);
    expect(usualExpiry(policy("required", 45), now).choice).toBe(30);
    expect(usualExpiry(policy("required", 3), now).choice).toBe(3);
  });
});

describe("an extension", () => {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY);

  it("offers nothing that is earlier than the expiry that there is, and starts with the first that is later", () => {
    expect(expiryChoices({ ...policy("optional"), after: inDays(2) }, now)).toEqual([7, 30, 60, 90, "date", "never"]);
    expect(expiryChoices({ ...policy("required"), after: inDays(45) }, now)).toEqual([60, 90, 180, 365, "date"]);
    expect(usualExpiry({ ...policy("optional"), after: inDays(45) }, now).choice).toBe(90);
    expect(expiryChoices({ ...policy("required"), after: inDays(112) }, now)).toEqual([180, 365, "date"]);
    expect(usualExpiry({ ...policy("required"), after: inDays(112) }, now).choice).toBe(180);
    expect(usualExpiry({ ...policy("required"), after: inDays(400) }, now).choice).toBe("date");
  });

  it("offers the bound itself where no usual length is later, and nothing where the bound is not later either", () => {
    expect(expiryChoices({ ...policy("required", 120), after: inDays(112) }, now)).toEqual([120, "date"]);
    expect(expiryChoices({ ...policy("required", 90), after: inDays(90) }, now)).toEqual([]);
    expect(expiryChoices({ ...policy("optional", 90), after: inDays(100) }, now)).toEqual([]);
  });

  it.each(["UTC", "Europe/Berlin", "Pacific/Kiritimati"])("picks only days that end after it, in %s", (zone) => {
    const rules = { ...policy("required"), after: inDays(5) };
    expect(endOfDay(expiryDates(rules, now, zone).min, zone) > rules.after).toBe(true);
    const whole = { ...rules, after: endOfDay(calendarDate(rules.after, zone), zone) };
    expect(expiryDates(whole, now, zone).min > calendarDate(rules.after, zone)).toBe(true);
  });
});

describe("instants", () => {
  it("counts days as 24 hours from now, whatever the clocks do meanwhile", () => {
    expect(expiryInstant({ choice: 30, date: null }, policy("optional"), now, "Europe/Berlin")).toEqual(
      new Date(now.getTime() + 30 * DAY),
    );
  });

  it("means null by never and nothing by a date that is missing", () => {
    expect(expiryInstant({ choice: "never", date: "2026-05-01" }, policy("optional"), now, "UTC")).toBeNull();
    expect(expiryInstant({ choice: "date", date: null }, policy("optional"), now, "UTC")).toBeUndefined();
  });

  it.each([1, 3, 7, 30, 45, 90, 365])(
    "is allowed by a policy of at most %i days for each choice and the last date",
    (days) => {
      const rules = { ...TOKEN_PRESETS.role_scoped, ...policy("required", days) };
      const server = new Date(now.getTime() - 4 * 60_000);
      for (const zone of ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]) {
        const { min, max } = expiryDates(rules, now, zone);
        for (const choice of expiryChoices(rules, now)) {
          const wish = expiryInstant({ choice, date: max }, rules, now, zone);
          expect(decideExpiry(rules, wish, server), `${choice} in ${zone}, ${min} to ${max}`).toEqual({
            ok: true,
            value: wish,
          });
        }
      }
    },
  );
});

describe("the end of a day", () => {
  it.each([
    ["2027-02-20", "UTC", "2027-02-20T23:59:59Z"],
    ["2027-02-20", "Europe/Berlin", "2027-02-20T22:59:59Z"],
    ["2027-02-20", "America/Los_Angeles", "2027-02-21T07:59:59Z"],
    ["2027-02-20", "Asia/Kathmandu", "2027-02-20T18:14:59Z"],
    ["2027-02-20", "Pacific/Kiritimati", "2027-02-20T09:59:59Z"],
    ["2027-02-20", "Pacific/Pago_Pago", "2027-02-21T10:59:59Z"],
    // A day of 23 hours, one of 25.
    ["2026-03-29", "Europe/Berlin", "2026-03-29T21:59:59Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-25T22:59:59Z"],
    // Midnight itself is left out (Beirut goes from 23:59 to 01:00), or comes twice (Havana goes from 00:59 to 00:00).
    ["2026-03-28", "Asia/Beirut", "2026-03-28T21:59:59Z"],
    ["2026-10-31", "America/Havana", "2026-11-01T03:59:59Z"],
    // Half an hour of summer time.
    ["2026-04-04", "Australia/Lord_Howe", "2026-04-04T12:59:59Z"],
    // Samoa left out 30 December 2011.
    ["2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59Z"],
    ["2028-02-29", "UTC", "2028-02-29T23:59:59Z"],
  ])("%s in %s is over after %s", (date, zone, instant) => {
    expect(endOfDay(date, zone).toISOString()).toBe(new Date(instant).toISOString());
  });

  it("falls on its own date in every zone, and the next second on another", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const end = endOfDay("2026-10-25", zone);
      expect(calendarDate(end, zone), zone).toBe("2026-10-25");
      expect(calendarDate(new Date(end.getTime() + 1000), zone), zone).toBe("2026-10-26");
    }
  });

  it("starts the dates to choose from with today as the person's calendar has it", () => {
    const late = new Date("2026-03-12T23:30:00Z");
    expect(expiryDates(policy("optional"), late, "Europe/Berlin")).toEqual({ min: "2026-03-13", max: null });
    expect(expiryDates(policy("optional"), late, "America/New_York")).toEqual({ min: "2026-03-12", max: null });
  });
});
