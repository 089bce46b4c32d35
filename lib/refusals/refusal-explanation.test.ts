import { describe, expect, it } from "vitest";
import { OAUTH_ERRORS } from "@/lib/http/oauth-error-codes";
import { PROBLEMS } from "@/lib/http/problem";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { NOW } from "@/test/clock";
import { changesOf, type Reader } from "./refusal-change";
import { CHECK_WORDS, CHECKS, checkOf } from "./refusal-checks";
import { explain, inFewWords, verdictSentence } from "./refusal-explanation";
import { type RefusedCall, refusalFacts, type StandingNow } from "./refusal-facts";
import { explainRefusalInput } from "./refusal-input";
import { chainOf, verdictOn } from "./refusal-verdict";
import { CREDENTIAL_REASONS, type RefusedCode } from "./refused-code";

const words = TOKEN_WORDS.role_scoped;
const CODES = [...CREDENTIAL_REASONS, ...Object.keys(PROBLEMS), ...Object.keys(OAUTH_ERRORS)] as RefusedCode[];

const call = (code: RefusedCode, facts: Record<string, unknown> = {}, token = true): RefusedCall => ({
  id: "1",
  requestId: "request-1",
  at: NOW,
  server: "app",
  method: "GET",
  path: "/api/v1/members",
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

const standing: StandingNow = {
  status: "active",
  stopped: null,
  permissions: ["members:write"],
  policyNetworks: [],
  tokenNetworks: [],
  callsPerToken: null,
  callsPerOrganization: null,
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
      expect(inFewWords(call(code)), code).toMatch(/^\S.*\S$/s);
      const chain = chainOf(call(code));
      expect(chain.filter(({ state }) => state === "failed").map(({ check }) => check)).toEqual([checkOf(code)]);
      expect(chain.at(0)?.state === "not_reached").toBe(false);
      expect(() => changesOf(call(code), reader)).not.toThrow();
    }
    expect(Object.keys(CHECK_WORDS)).toEqual([...CHECKS]);
  });

  it("names the permission, and the role that lacked it: the token's own, its issuer's, or neither", () => {
    expect(explain({ call: lacking(["members:write"], []), words })).toEqual({
      title: "The API token did not have the permission members:write.",
      reasons: ["The call needed the permission members:write.", "Its role Reader did not allow members:write."],
    });
    expect(explain({ call: lacking([], ["members:write"]), words }).reasons[1]).toBe(
      "Its issuer's role Engineer did not allow members:write, and no API token allows more than its issuer.",
    );
    expect(explain({ call: lacking([], []), words }).reasons[1]).toBe(
      "The roles allowed members:write, but the access token that was sent was made for less.",
    );
    const login = { ...lacking([], ["members:write"]), token: null };
    expect(explain({ call: login, words }).title).toBe("Your API login did not have the permission members:write.");
  });

  it("names the networks that did not hold the address, and those alone", () => {
    const facts = { address: "198.51.100.1", policy: ["203.0.113.0/24"], token: ["198.51.100.0/24"] };
    const { title, reasons } = explain({ call: call("address_not_allowed", facts), words });
    expect(title).toBe("The call came from 198.51.100.1, from where it is not allowed.");
    expect(reasons.join(" ")).toContain("203.0.113.0/24 only");
    expect(reasons.join(" ")).not.toContain("198.51.100.0/24");
    expect(changesOf(call("address_not_allowed", facts), reader).map(({ link }) => link?.href)).toEqual([
      "/settings/token-policy",
    ]);
  });

  it("says fields and no values of the input, and the organization's own words of a rule", () => {
    expect(explain({ call: call("invalid_input", { fields: ["name", "role_id"] }), words }).title).toBe(
      "The input was not taken: name and role_id.",
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
