import { expect, test } from "vitest";
import { placeInPortal } from "./token-places";

test.each([
  ["/notifications", "hub", "/hub/notifications"],
  ["/notifications?show=unread", "hub", "/hub/notifications?show=unread"],
  ["/profile", "hub", "/hub/profile"],
  ["/hub/profile", "console", "/profile"],
  ["/settings/api-tokens?status=expired", "hub", "/hub/api-tokens?status=expired"],
  ["/members", "hub", null],
  ["/profile/x", "hub", null],
  ["/profilex", "hub", null],
  ["", "hub", null],
] as const)(
  "a page of the other portal has one of the same name or none: %s, for the %s: %s",
  (path, portal, place) => {
    expect(placeInPortal(path, portal)).toBe(place);
  },
);
