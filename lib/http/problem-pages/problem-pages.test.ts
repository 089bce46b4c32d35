import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { API_REFERENCE } from "../api-reference";
import { OAUTH_ERRORS } from "../oauth-error-codes";
import { endpointsAnswering, isExplained } from "./endpoints-answering";
import { PROBLEM_PAGES, type ProblemPage } from "./problem-pages";
import { SCREENS } from "./problem-text";

const ENDPOINTS = new Set(
  API_REFERENCE.flatMap(({ endpoints }) => endpoints.map(({ method, path }) => `${method} ${path}`)),
);
const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("page.tsx"));

describe.each([...PROBLEM_PAGES.values()])("the page of $code", ({ sentence, what, why, mend, code }) => {
  const words = [what, why, ...mend];

  it("helps: says what happened, why and what to do, and not the title again", () => {
    expect(mend.length).toBeGreaterThan(0);
    for (const text of words) {
      expect(text.length, text).toBeGreaterThan(10);
      expect(text, "a text is more than the title").not.toBe(sentence);
      expect(text, "a text is a sentence").toMatch(/[.!?]\*?$|`$/);
    }
    expect(new Set(words).size).toBe(words.length);
  });

  it("marks code and screens in pairs", () => {
    for (const text of words) {
      expect(text.split("`").length % 2, text).toBe(1);
      expect(text.replace(/`[^`]*`/g, "").split("*").length % 2, text).toBe(1);
    }
  });

  it("sends nobody to an endpoint that there is not", () => {
    const named = words.join(" ").matchAll(/`(GET|POST|PATCH|DELETE) (\/api\/v1[^`?]*)/g);
    for (const [, method, path] of named) expect(ENDPOINTS, code).toContain(`${method} ${path}`);
  });
});

it("explains no error of OAuth that no endpoint answers", () => {
  const answered = API_REFERENCE.flatMap(({ endpoints }) => endpoints.flatMap(({ oauthErrors = [] }) => oauthErrors));
  expect(Object.keys(OAUTH_ERRORS).sort()).toEqual([...new Set(answered)].sort());
  for (const page of PROBLEM_PAGES.values()) {
    if (page.kind === "oauth") expect(endpointsAnswering(page), page.code).not.toEqual([]);
  }
});

it("leads to screens that there are", () => {
  const addresses = PAGES.map((page) => `/${page}`.replace(/\/\([^)]*\)/g, "").replace(/\/page\.tsx$/, ""));
  for (const { href } of Object.values(SCREENS)) expect(addresses).toContain(href);
  expect(existsSync("app/docs/problems/[code]/page.tsx")).toBe(true);
});

describe("a link to where refused calls are explained", () => {
  it("stands on the pages of what a known token is refused with, and not where nobody knows whose call it was", () => {
    const explained = (code: string) => isExplained(PROBLEM_PAGES.get(code) as ProblemPage);
    expect(
      [
        "insufficient_scope",
        "invalid_token",
        "address_not_allowed",
        "rate_limited",
        "not_found",
        "invalid_scope",
        "unauthorized_client",
      ].filter(explained),
    ).toHaveLength(7);
    expect(
      [
        "missing_token",
        "too_many_misses",
        "token_in_query",
        "internal_error",
        "invalid_client",
        "setup_code_wrong",
      ].filter(explained),
    ).toEqual([]);
  });
});
