import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOME, safeReturnTo } from "./safe-return-to";

const SITE = "https://tokens.example.com";

describe("safeReturnTo", () => {
  test.each([
    "/",
    "/profile",
    "/settings/api-tokens",
    "/settings/api-tokens?status=active&q=a%20b#top",
    "/settings/api-tokens?q=%2F%2Fevil.example",
    "/settings/api-tokens/Q2zk00000000",
    "/settings/%E6%97%A5%E6%9C%AC",
    "/apiary",
    "/setup-guide",
    "/signed",
  ])("keeps the path %s", (path) => {
    expect(safeReturnTo(path)).toBe(path);
  });

  test.each([
    ["another site", "https://evil.example/"],
    ["another site without a scheme", "//evil.example"],
    ["three slashes", "///evil.example"],
    ["a backslash for a slash", "/\\evil.example"],
    ["two backslashes", "\\\\evil.example"],
    ["a slash that decodes", "/%2Fevil.example"],
    ["a slash that decodes, in small letters", "/%2fevil.example"],
    ["a backslash that decodes", "/%5Cevil.example"],
    ["a slash that decodes twice", "/%252Fevil.example"],
    ["a slash that decodes three times", "/%25252Fevil.example"],
    ["a slash behind dot segments", "/a/..//evil.example"],
    ["a slash behind encoded dot segments", "/a/%2e%2e//evil.example"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line feed that browsers drop", "/\n/evil.example"],
    ["an encoded line break", "/a%0d%0aSet-Cookie:%20x=1"],
    ["a NUL", "/a\0"],
    ["an encoded NUL", "/a%00"],
    ["leading white space", " /profile"],
    ["a script", "javascript:alert(1)"],
    ["a script behind a slash that is none", "/../javascript:alert(1)//%0aalert"],
    ["data", "data:text/html,x"],
    ["a relative path", "profile"],
    ["an address with user information", "/@evil.example\\"],
    ["a percent sign that encodes nothing", "/%"],
    ["bytes that are no text", "/%ff"],
    ["a lone surrogate", "/\ud800"],
    ["the sign-in page", "/sign-in"],
    ["the sign-in page with a return address of its own", "/sign-in?return_to=/sign-in"],
    ["the sign-in page in capitals", "/SIGN-IN"],
    ["the sign-in page through dot segments", "/profile/../sign-in"],
    ["the sign-in page, encoded", "/%73ign-in"],
    ["the sign-in page through encoded dot segments", "/profile/%2e%2e/sign-in"],
    ["the setup page", "/setup"],
    ["an API route", "/api/auth/signout"],
    ["the API itself", "/api"],
    ["an API route, encoded", "/%61pi/v1/tokens"],
    ["Next's own files", "/_next/static/x"],
    ["too long a path", `/${"a".repeat(2048)}`],
    ["nothing", ""],
    ["no text", 7],
    ["a list", ["/profile", "/profile"]],
    ["null", null],
    ["undefined", undefined],
  ])("goes home instead of following %s", (_what, value) => {
    expect(safeReturnTo(value)).toBe(HOME);
  });

  test("never leaves the site, whatever it is given", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "/",
        "\\",
        "%2f",
        "%5c",
        "%25",
        "..",
        "%2e",
        "\t",
        "\n",
        "@",
        ":",
        "?",
        "#",
        "evil.example",
        "a",
        "https",
        " ",
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          nasty.map((parts) => `/${parts.join("")}`),
          fc.string({ unit: "binary" }),
          fc.webUrl(),
        ),
        (value) => {
          const target = safeReturnTo(value);
          expect(target).toMatch(/^\/(?![/\\])/);
          const url = new URL(target, SITE);
          expect(url.origin).toBe(SITE);
          expect(url.pathname).not.toMatch(/^\/(?:sign-in|setup|api)(?:\/|$)/i);
          expect(url.pathname).not.toMatch(/^\/\//);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("is stable: what it returned once it returns again", () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const once = safeReturnTo(`/${path}?${query}`);
        expect(safeReturnTo(once)).toBe(once);
      }),
    );
  });
});
