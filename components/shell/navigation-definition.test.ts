import { expect, test } from "vitest";
import { activeHref } from "./navigation-definition";

const item = (href: string) => ({ label: href, href, icon: null });
const sections = [{ items: [item("/"), item("/settings"), item("/settings/api-tokens")] }];

test("one item is current: the closest above the page", () => {
  expect(activeHref(sections, "/settings/api-tokens/tok_1")).toBe("/settings/api-tokens");
  expect(activeHref(sections, "/settings")).toBe("/settings");
  expect(activeHref(sections, "/")).toBe("/");
});

test("a name that only begins alike is not current", () => {
  expect(activeHref(sections, "/settings-of-another-kind")).toBeUndefined();
});
