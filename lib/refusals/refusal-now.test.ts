import { describe, expect, it } from "vitest";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { NOW } from "@/test/clock";
import { changesNow, type Reader } from "./refusal-change";
import { inFewWords, verdictSentence } from "./refusal-explanation";
import { type RefusedCall, refusalFacts, type StandingNow } from "./refusal-facts";
import { chainOf, verdictOn } from "./refusal-verdict";
import type { RefusedCode } from "./refused-code";

const words = TOKEN_WORDS.client_credentials;

const call = (code: RefusedCode, facts: Record<string, unknown> = {}, token = true): RefusedCall => ({
  id: "1",
  requestId: "request-1",
  at: NOW,
  server: "app",
  method: "GET",
  path: "/api/v1/members",
  operation: null,
  status: 401,
  code,
  facts: refusalFacts.parse(facts),
  ip: "198.51.100.1",
  agent: null,
  token: token ? { id: "0123456789ab", name: "Warehouse" } : null,
});

const standing: StandingNow = {
  status: "active",
  stopped: null,
  permissions: ["members:read"],
  policyNetworks: [],
  tokenNetworks: [],
  callsPerToken: null,
  callsPerOrganization: null,
  tokensMayMint: true,
};

const reader: Reader = {
  portal: "console",
  permissions: new Set(["roles:write", "members:write", "organization:manage"]),
  words,
  token: { id: "0123456789ab", issuedBy: { id: "m", name: "Jo" }, isLocked: false },
  builtInRoles: new Set(),
};

function told(of: RefusedCall, now: Partial<StandingNow> = {}, who = reader) {
  const verdict = verdictOn(of, { ...standing, ...now });
  return {
    sentence: verdictSentence(verdict, { call: of, words }, standing),
    hrefs: changesNow(of, who, verdict).map(({ link }) => link?.href ?? null),
  };
}

describe("what changes a refusal, as it stands now", () => {
  const overs = [call("expired", { access: {} }), call("deleted", { access: {} })];

  it("is another access token where that one alone is over, and another client where the client is over by now too", () => {
    for (const over of overs) {
      expect(told(over)).toEqual({
        sentence: "The same access token would be refused now for the same reason. A new one would be checked afresh.",
        hrefs: ["/docs/guide#client-credentials"],
      });
      for (const status of ["expired", "deleted"] as const) {
        const { sentence, hrefs } = told(over, { status });
        expect(sentence).toContain(`another reason: the API auth token ${status === "expired" ? "has" : "is"}`);
        expect(sentence).not.toContain("A new one would");
        expect(hrefs).toEqual(["/settings/api-tokens"]);
      }
    }
  });

  it("is what stops the token before what refused it then, and nothing of then once the token is over", () => {
    const role = { id: "r", name: "Reader", lacks: ["members:read"] };
    const lacking = call("insufficient_scope", { needed: ["members:read"], missing: ["members:read"], role });
    expect(told(lacking, { permissions: [] }).hrefs).toEqual(["/roles"]);
    expect(told(lacking, { stopped: "issuer_deactivated" }).hrefs).toEqual(["/members/m", "/roles"]);
    expect(told(lacking, { stopped: "tokens_disabled" }).hrefs).toEqual(["/settings/api-tokens", "/roles"]);
    expect(told(lacking, { status: "deleted" }).hrefs).toEqual(["/settings/api-tokens"]);
    expect(told(lacking).hrefs).toEqual([]);
    for (const [code, stopped] of [
      ["issuer_deactivated", "issuer_deactivated"],
      ["tokens_disabled", "tokens_disabled"],
    ] as const) {
      expect(told(call(code), { stopped }).hrefs).toHaveLength(1);
    }
    expect(told(call("rate_limited", { limit: 5, of: "token" })).hrefs).toEqual(["/settings/token-policy"]);
  });

  it("of an access token that its role had no room for is another one after the role, and not instead of it", () => {
    const issuerRole = { id: "i", name: "User", lacks: ["members:read"] };
    const access = { scope: ["organization:read"], issuedAt: null };
    const facts = { needed: ["members:read"], missing: ["members:read"], issuerRole, access };
    for (const token of [true, false]) {
      const of = call("insufficient_scope", facts, token);
      const who = { ...reader, token: token ? reader.token : null, builtInRoles: new Set(["i"]) };
      const changes = changesNow(of, who, verdictOn(of, { ...standing, permissions: [] }));
      expect(changes).toHaveLength(2);
      expect(changes[1]?.sentence).toMatch(/^After that, /);
      expect(changes[1]?.sentence).not.toContain("with `members:read`");
    }
  });

  it("of a rule is told of an access token that is not over", () => {
    expect(told(call("not_found", { access: {} })).sentence).toContain("with an access token that is not over");
    expect(told(call("not_found")).sentence).not.toContain("access token");
  });
});

describe("the words of what was sent", () => {
  const failed = (of: RefusedCall) => chainOf(of, words).find(({ state }) => state === "failed")?.label;
  const labels = (of: RefusedCall) => chainOf(of, words).map(({ label }) => label);

  it("say of an access token that it ended or expired, and never that its client was deleted or revoked", () => {
    for (const of of [call("deleted", { access: {} }), call("deleted", {}, false)]) {
      expect(inFewWords(of, words)).toBe("Access token ended");
      expect(failed(of)).toBe("Ended");
    }
    expect(inFewWords(call("expired", { access: {} }), words)).toBe("Access token expired");
    expect(labels(call("expired", { access: {} }))).toContain("Not ended");
    expect(labels(call("rate_limited", {}, false)).join()).not.toMatch(/Issuer|elete|evoke/);
  });

  it("are the organization's own of a token", () => {
    expect(inFewWords(call("deleted"), words)).toBe("Revoked");
    expect(failed(call("deleted"))).toBe("Revoked");
    expect(inFewWords(call("deleted"), TOKEN_WORDS.role_scoped)).toBe("Deleted");
    expect(labels(call("expired")).slice(0, 2)).toEqual(["Secret", "Not revoked"]);
  });
});
