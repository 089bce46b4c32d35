import fc from "fast-check";
import { expect, test } from "vitest";
import { organizationSlug } from "./organization-slug";

test.each([
  ["Acme", "acme"],
  ["Café Müller & Söhne", "cafe-muller-sohne"],
  ["  --  ", "organization"],
  ["日本", "organization"],
])("writes %s as %s", (name, slug) => {
  expect(organizationSlug(name)).toBe(slug);
});

test("is always a name that an address can hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (name) => {
      expect(organizationSlug(name)).toMatch(/^(?=.{1,48}$)[a-z0-9]+(?:-[a-z0-9]+)*$/);
    }),
  );
});
