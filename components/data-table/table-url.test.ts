import { describe, expect, test } from "vitest";
import { chosenOptions, pageSummary, readList, readSort, totalText, withChanges, writeSort } from "./table-url";

const noun = { one: "token", many: "tokens" };

describe("withChanges", () => {
  test("changing a filter goes back to the first page and leaves the other names alone", () => {
    expect(withChanges("q=cdn&sort=-created&cursor=abc", { status: ["active", "expired"] })).toBe(
      "q=cdn&sort=-created&status=active,expired",
    );
  });

  test("a page or the choice of columns keeps everything else", () => {
    expect(withChanges("status=active", { cursor: "n1" })).toBe("status=active&cursor=n1");
    expect(withChanges("status=active&cursor=n1", { columns: "name" })).toBe("status=active&cursor=n1&columns=name");
  });

  test("nothing takes the name out, so that the same view has one address", () => {
    expect(withChanges("q=a&status=active", { q: "", status: [] })).toBe("");
    expect(withChanges("cursor=n1", { cursor: "" })).toBe("");
  });

  test("what people type survives the way through the address", () => {
    const typed = "a&b=c,d €🔑 %2C";
    expect(new URLSearchParams(withChanges("", { q: typed })).get("q")).toBe(typed);
  });
});

test("unknown and repeated values of a filter are left out", () => {
  const status = { id: "status", label: "Status", options: [{ value: "active", label: "Active" }] };
  expect(readList("status=active,active,,x", "status")).toEqual(["active", "x"]);
  expect(chosenOptions("status=x,active", status)).toEqual([{ value: "active", label: "Active" }]);
});

test("a sort reads back as it was written", () => {
  for (const text of ["created", "-created"]) expect(writeSort(readSort(text))).toBe(text);
});

test("an estimate is never shown as if it were counted", () => {
  expect(totalText(1_234_567, false)).toBe("about 1.2 M");
  expect(totalText(12_400, false)).toBe("about 12 k");
  expect(totalText(1_234_567, true)).toBe("1,234,567");
  const estimated = { total: 1_234_567, totalIsExact: false, previous: null, next: "n" };
  expect(pageSummary(estimated, 50, noun)).toBe("Showing 50 of about 1.2 M");
});

test("a page that is one of several says where it is, a single one only how many there are", () => {
  const first = { from: 1, to: 50, total: 380, previous: null, next: "n" };
  expect(pageSummary(first, 50, noun)).toBe("Showing 1–50 of 380");
  const last = { from: 351, to: 380, total: 380, previous: "p", next: null };
  expect(pageSummary(last, 30, noun)).toBe("Showing 351–380 of 380");
  const only = { previous: null, next: null };
  expect(pageSummary({ ...only, from: 1, to: 12, total: 12 }, 12, noun)).toBe("12 tokens");
  expect(pageSummary({ ...only, from: 1, to: 1, total: 1 }, 1, noun)).toBe("1 token");
});
