import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "@/lib/http/api-reference";
import { OAUTH_ERRORS } from "@/lib/http/oauth-error-codes";
import { PROBLEMS } from "@/lib/http/problem";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { NOW } from "@/test/clock";
import { changesOf, type Reader } from "./refusal-change";
import { checkOf, isTurnedAway } from "./refusal-checks";
import { explain, inFewWords, verdictSentence } from "./refusal-explanation";
import { type RefusedCall, refusalFacts, type StandingNow } from "./refusal-facts";
import { groupRefusals } from "./refusal-groups";
import { explainRefusalInput } from "./refusal-input";
import { chainOf, verdictOn } from "./refusal-verdict";
import { kindOf } from "./refusal-words";
import { CREDENTIAL_REASONS, type RefusedCode } from "./refused-code";
import { operationOf } from "./refused-operation";

const words = TOKEN_WORDS.role_scoped;
const CODES = [...CREDENTIAL_REASONS, ...Object.keys(PROBLEMS), ...Object.keys(OAUTH_ERRORS)] as RefusedCode[];

const call = (code: RefusedCode, facts: Record<string, unknown> = {}, token = true): RefusedCall => ({
  id: "1",
  requestId: "request-1",
  at: NOW,
  server: "app",
  method: "GET",
  path: "/api/v1/members",
  operation: null,
  status: 403,
  code,
  facts: refusalFacts.parse(facts),
  ip: "198.51.100.1",
  agent: null,
  token: token ? { id: "0123456789ab", name: "Deploys" } : null,
});

const lacking = (role: string[], issuer: string[], missing = ["members:write"]) =>
  call("insufficient_scope", {
    needed: missing,
    missing,
    role: { id: "r", name: "Reader", lacks: role },
    issuerRole: { id: "i", name: "Engineer", lacks: issuer },
  });

/** A client's access token that was exchanged for one permission, of a client whose roles allow the other too. */
const narrowed = (token = true): RefusedCall => ({
  ...lacking([], []),
  facts: refusalFacts.parse({
    needed: ["members:write"],
    missing: ["members:write"],
    issuerRole: { id: "i", name: "Engineer", lacks: [] },
    access: { scope: ["organization:read"], issuedAt: NOW.getTime() },
  }),
  ...(token ? {} : { token: null }),
});

const standing: StandingNow = {
  status: "active",
  stopped: null,
  permissions: ["members:write"],
  policyNetworks: [],
  tokenNetworks: [],
  callsPerToken: null,
  callsPerOrganization: null,
  tokensMayMint: true,
};

const reader: Reader = {
  portal: "console",
  permissions: new Set(["roles:write", "members:write", "members:read", "organization:manage"]),
  words,
  token: { id: "0123456789ab", issuedBy: { id: "m", name: "Jo" }, isLocked: false },
  builtInRoles: new Set(),
};

describe("the explanation of a refusal", () => {
  it("has a sentence, a place in the chain and a few words for every code that there is", () => {
    for (const code of CODES) {
      const { title, reasons } = explain({ call: call(code), words });
      for (const sentence of [title, ...reasons]) expect(sentence, code).toMatch(/^[A-Z“].*[.:]$/s);
      expect(inFewWords(call(code), words), code).toMatch(/^\S.*\S$/s);
      const chain = chainOf(call(code), words);
      expect(chain.filter(({ state }) => state === "failed").map(({ check }) => check)).toEqual([checkOf(code)]);
      expect(chain.at(0)?.state === "not_reached").toBe(false);
      expect(() => changesOf(call(code), reader)).not.toThrow();
    }
  });

  it("names the permission once, and the role that lacked it: the token's own, its issuer's, or neither", () => {
    expect(explain({ call: lacking(["members:write"], []), words })).toEqual({
      title: "The API token did not have the permission `members:write`.",
      reasons: ["The API token's role Reader did not allow it."],
    });
    expect(explain({ call: lacking([], ["members:write"]), words }).reasons).toEqual([
      "Its issuer's role Engineer did not allow it, and no API token allows more than its issuer.",
    ]);
    expect(explain({ call: lacking(["a:b"], [], ["a:b", "c:d"]), words }).reasons).toEqual([
      "The API token's role Reader did not allow `a:b`.",
    ]);
    // A token that was made for nothing less than its roles is not said to be narrowed.
    expect(explain({ call: lacking([], []), words }).reasons).toEqual([]);
    const login = { ...lacking([], ["members:write"]), token: null };
    expect(explain({ call: login, words })).toEqual({
      title: "Your API login did not have the permission `members:write`.",
      reasons: ["Your role Engineer did not allow it."],
    });
  });

  it("says of an access token that it was made for less, or is over, and not that its client or login is", () => {
    expect(explain({ call: narrowed(), words })).toEqual({
      title: "The access token did not have the permission `members:write`.",
      reasons: ["The roles allowed it, but the access token was made for less: for `organization:read`."],
    });
    for (const code of ["expired", "deleted"] as const) {
      const { title } = explain({ call: call(code, { access: {} }), words });
      expect(title).toMatch(/^The access token had/);
      expect(explain({ call: call(code), words }).title).toMatch(/^The API token had/);
      const mine = explain({ call: call(code, {}, false), words });
      expect(`${mine.title} ${mine.reasons}`).not.toMatch(/issuer|API token/);
    }
    const mine = explain({ call: call("issuer_deactivated", {}, false), words });
    expect(`${mine.title} ${mine.reasons}`).not.toMatch(/issuer|API token/);
  });

  it("names what kind of thing was not found, or that there is no such endpoint, and what is kept of the gate's calls neither", () => {
    const at = (path: string, more: Partial<RefusedCall> = {}) => {
      const asked = { ...call("not_found"), path, ...more };
      return { ...asked, operation: operationOf(asked) };
    };
    const member = explain({ call: at("/api/v1/members/7"), words });
    expect(member.title).toBe("There is no such member here, or it is not seen.");
    expect(member.reasons.join(" ")).toContain("`7` is the id of no member");
    expect(explain({ call: at("/api/v1/tokens/x"), words }).title).toContain("no such API token");
    expect(explain({ call: at("/api/v1/nothing"), words }).title).toBe("The API has no such endpoint.");
    expect(explain({ call: at("/api/v1/members/7", { server: "gate" }), words }).title).not.toMatch(/member|endpoint/);
    expect(changesOf(at("/api/v1/members/7"), reader).map(({ link }) => link?.href)).toEqual([
      "/docs#tag/members/GET/api/v1/members/{id}",
    ]);
    // An address of its own goes before one that stands for many.
    for (const { method, path } of ENDPOINTS.filter(({ path }) => path.startsWith("/api/v1/tokens/self"))) {
      expect(operationOf({ method, path, server: "app" }), path).toMatchObject({ named: null });
    }
    for (const { method, path } of ENDPOINTS.filter(({ path }) => path.includes("{"))) {
      const named = operationOf({ method, path: path.replace("{id}", "7"), server: "app" })?.named;
      expect([named?.id, kindOf(named?.collection ?? "", words)], path).not.toContain("thing");
      expect(named?.id, path).toBe("7");
    }
  });

  it("names the networks that did not hold the address, and those alone", () => {
    const facts = { address: "198.51.100.1", policy: ["203.0.113.0/24"], token: ["198.51.100.0/24"] };
    const { title, reasons } = explain({ call: call("address_not_allowed", facts), words });
    expect(title).toBe("The call came from `198.51.100.1`, from where it is not allowed.");
    expect(reasons.join(" ")).toContain("`203.0.113.0/24` only");
    expect(reasons.join(" ")).not.toContain("198.51.100.0/24");
    expect(changesOf(call("address_not_allowed", facts), reader).map(({ link }) => link?.href)).toEqual([
      "/settings/token-policy",
    ]);
  });

  it("says fields and no values of the input, and the organization's own words of a rule", () => {
    expect(explain({ call: call("invalid_input", { fields: ["name", "role_id"] }), words }).title).toBe(
      "The input was not taken: `name` and `role_id`.",
    );
    expect(explain({ call: call("token_cannot_mint"), words: TOKEN_WORDS.client_credentials }).title).toContain(
      TOKEN_WORDS.client_credentials.many,
    );
  });

  it("reads facts of another time without a mistake", () => {
    for (const facts of [{}, { missing: 7, role: "x", limit: "many" }, { address: 1, of: "planet", skipped: null }]) {
      expect(() => explain({ call: call("insufficient_scope", facts), words })).not.toThrow();
      expect(() => explain({ call: call("rate_limited", facts), words })).not.toThrow();
    }
    expect(explain({ call: call("a_code_of_old" as RefusedCode), words }).title).toBe("The input was not taken.");
  });
});

describe("what the same call would come to now", () => {
  it("is let in where every check would pass, and says so no further than is known", () => {
    const refused = lacking(["members:write"], []);
    const verdict = verdictOn(refused, standing);
    expect(verdict).toEqual({ outcome: "let_in", check: null });
    expect(verdictSentence(verdict, { call: refused, words }, standing)).toMatch(
      /^The same call would be let in now\./,
    );
    const limited = { ...standing, callsPerToken: 5 };
    expect(verdictSentence(verdict, { call: refused, words }, limited)).toContain("leaves room");
    expect(verdictOn(call("invalid_input"), standing)).toEqual({ outcome: "depends", check: "input" });
    expect(verdictOn(call("secret_superseded"), standing)).toEqual({ outcome: "refused", check: "rule" });
  });

  it("is refused where the access token alone was made for less, and says how another is had", () => {
    for (const token of [true, false]) {
      const refused = narrowed(token);
      const verdict = verdictOn(refused, standing);
      expect(verdict).toEqual({ outcome: "refused", check: "permission", by: "scope" });
      expect(verdictSentence(verdict, { call: refused, words }, standing)).toBe(
        "The same call would be refused now: the access token was made for less than `members:write`.",
      );
      const who = token ? reader : { ...reader, token: null };
      expect(changesOf(refused, who)).toEqual([
        token
          ? {
              sentence:
                "Exchange the client's ID and secret again, with `members:write` in the scope or without a scope.",
              link: { href: "/docs/guide#client-credentials", label: "Open the guide" },
            }
          : {
              sentence: "Log in to the API again, with `members:write` in the scope or without a scope.",
              link: { href: "/docs/guide#login", label: "Open the guide" },
            },
      ]);
    }
    // Where the roles do not allow it either, that comes first.
    expect(verdictOn(narrowed(), { ...standing, permissions: [] })).toEqual({
      outcome: "refused",
      check: "permission",
    });
    const wide = {
      ...narrowed(),
      facts: { ...narrowed().facts, access: { scope: ["members:write"], issuedAt: null } },
    };
    expect(verdictOn(wide, standing).outcome).toBe("let_in");
  });

  it("stays refused of an access token that is over, however its client or login fares", () => {
    for (const over of [call("expired", { access: {} }), call("deleted", {}, false), call("expired", {}, false)]) {
      const verdict = verdictOn(over, standing);
      expect(verdict.outcome).toBe("refused");
      expect(verdictSentence(verdict, { call: over, words }, standing)).toMatch(/^The same access token/);
    }
  });

  it("of a token that may not mint is what the policy says", () => {
    const mint = call("token_cannot_mint");
    expect(verdictOn(mint, { ...standing, tokensMayMint: false })).toEqual({ outcome: "refused", check: "rule" });
    expect(verdictOn(mint, standing)).toEqual({ outcome: "depends", check: "rule" });
  });

  it.each([
    [{ status: "deleted" }, "deletion"],
    [{ status: "expired" }, "expiry"],
    [{ stopped: "issuer_deactivated" }, "issuer"],
    [{ stopped: "tokens_disabled" }, "organization"],
    [{ policyNetworks: ["203.0.113.0/24"] }, "network"],
    [{ tokenNetworks: ["203.0.113.0/24"] }, "network"],
    [{ permissions: [] }, "permission"],
  ] as [Partial<StandingNow>, string][])("is refused by the first check that would: %o", (now, check) => {
    const verdict = verdictOn(lacking(["members:write"], []), { ...standing, ...now });
    expect(verdict).toEqual({ outcome: "refused", check });
    const sentence = verdictSentence(verdict, { call: lacking(["members:write"], []), words }, standing);
    expect(sentence).toContain(check === "permission" ? "same reason" : "another reason");
  });

  it("knows an IPv4 address in IPv6 clothes, and lets nobody in from an address that is not known", () => {
    const from = (ip: string | null) =>
      verdictOn({ ...call("rate_limited"), ip }, { ...standing, policyNetworks: ["203.0.113.0/24"] }).outcome;
    expect(from("::ffff:203.0.113.9")).toBe("let_in");
    expect(from(null)).toBe("refused");
  });
});

describe("what can be done about it", () => {
  const hrefs = (of: RefusedCall, who: Partial<Reader> = {}) =>
    changesOf(of, { ...reader, ...who }).map(({ link }) => link?.href ?? null);

  it("leads to the roles, the issuer or a new token, as the role that lacked it can be changed", () => {
    expect(hrefs(lacking(["members:write"], []))).toEqual(["/roles"]);
    expect(hrefs(lacking(["members:write"], []), { builtInRoles: new Set(["r"]) })).toEqual(["/settings/api-tokens"]);
    expect(hrefs(lacking([], ["members:write"]))).toEqual(["/members/m"]);
  });

  it("of one's own API login speaks of no issuer and no token", () => {
    const own = { ...lacking([], ["members:write"]), token: null };
    for (const builtInRoles of [new Set(["i"]), new Set<string>()]) {
      for (const permissions of [reader.permissions, new Set<never>()]) {
        const found = changesOf(own, { ...reader, token: null, builtInRoles, permissions });
        expect(found).toHaveLength(1);
        expect(found[0]?.sentence).not.toMatch(/issuer|token/);
      }
    }
  });

  it("gives no link to a page that is not the reader's, and says whom to ask", () => {
    const nobody = { permissions: new Set<string>() };
    for (const who of [nobody, { portal: "hub" as const }] as Partial<Reader>[]) {
      for (const of of [lacking(["members:write"], ["members:write"]), call("rate_limited", { limit: 5 })]) {
        for (const { link, sentence } of changesOf(of, { ...reader, ...who })) {
          expect(link).toBeNull();
          expect(sentence).toContain("Ask an administrator");
        }
      }
      for (const code of CODES) {
        for (const href of hrefs(call(code), who)) {
          expect(href ?? "").not.toMatch(/^\/(?:roles|members|settings\/token-policy)/);
          if (who.portal) expect(href ?? "").not.toMatch(/^\/settings/);
        }
      }
    }
    const locked = { token: { id: "0123456789ab", issuedBy: { id: "m", name: "Jo" }, isLocked: true } };
    const facts = { address: "198.51.100.1", token: ["203.0.113.0/24"] };
    expect(changesOf(call("address_not_allowed", facts), { ...reader, ...locked })).toEqual([
      { link: null, sentence: "The API token names networks of its own. Ask its issuer, Jo, or an administrator." },
    ]);
  });
});

describe("a list of refused calls", () => {
  it("puts together what was refused alike, the latest of it first, and nothing else", () => {
    const one = (id: string, more: Partial<RefusedCall> = {}) => ({ ...lacking(["members:write"], []), id, ...more });
    const flood = one("4", { facts: { ...one("4").facts, skipped: 12 } });
    const groups = groupRefusals([one("1"), one("2", { path: "/api/v1/roles" }), one("3"), flood, call("expired")]);
    expect(groups.map(({ latest, count }) => [latest.id, latest.path, count])).toEqual([
      ["1", "/api/v1/members", 15],
      ["2", "/api/v1/roles", 1],
      ["1", "/api/v1/members", 1],
    ]);
  });

  it("says which of them the chart counts as turned away, and names no rule by its code", () => {
    expect(isTurnedAway("rate_limited")).toBe(true);
    expect(isTurnedAway("insufficient_scope")).toBe(true);
    for (const code of ["not_found", "invalid_input", "token_cannot_mint"] as const)
      expect(isTurnedAway(code)).toBe(false);
    for (const code of CODES.filter((code) => code.includes("_"))) {
      expect(inFewWords(call(code), words), code).not.toMatch(new RegExp(`^Rule|${code}`));
    }
    const failed = chainOf(call("token_cannot_mint"), words).find(({ state }) => state === "failed");
    expect(failed?.label).toBe("Rule of the token policy");
  });
});

describe("a pasted request id", () => {
  it.each(["  abcd-1234 ", "X-Request-Id: abcd-1234", "x-request-id:abcd-1234", '"abcd-1234",'])(
    "is read with what stands around it: %s",
    (request_id) => {
      expect(explainRefusalInput.parse({ request_id })).toEqual({ request_id: "abcd-1234" });
    },
  );

  it.each(["", "short", "with space in it", "a".repeat(65), "drop;table"])("is none where it cannot be: %s", (text) => {
    expect(explainRefusalInput.safeParse({ request_id: text }).success).toBe(false);
  });
});
