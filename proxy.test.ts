import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { config, proxy } from "./proxy";

it("refuses a page's request with an Origin that is no address, instead of failing on it", () => {
  for (const origin of ["http://localhost:4500.evil.example", "x", ""]) {
    const request = new NextRequest("http://localhost:3000/sign-in", { method: "POST", headers: { origin } });
    expect(proxy(request).status).toBe(400);
  }
});

it.each([
  ["/", true],
  ["/settings/api-tokens", true],
  ["/settings/api-tokens/no.such", true],
  ["/anything.php", true],
  ["/_next/elsewhere", true],
  ["/api/v1/me", false],
  ["/_next/static/chunks/a.js", false],
  ["/healthz", false],
  ["/readyz", false],
  ["/icon.svg", false],
])("covers %s: %s", (path, covered) => {
  expect(config.matcher.some((source) => new RegExp(`^${source}$`).test(path))).toBe(covered);
});
