import { describe, expect, it } from "vitest";
import type { Admitted } from "@/lib/authority/admit";
import { allowedHeaders } from "./identity-headers";

const ROLE = { id: "role", name: "Viewer" };
const PERMISSIONS = new Set();
const GROUPS: [] = [];

/** An access token of one and the same client, as the gate has it in memory. */
const admitted = (audience: string, expiresAt = Date.UTC(2027, 0, 1)) =>
  ({
    ok: true,
    actor: { organizationId: "acme", memberId: "amara", permissions: PERMISSIONS, groups: GROUPS },
    token: {
      id: "client000000",
      organization: { id: "acme", name: "Acme", slug: "acme" },
      issuer: { id: "amara", name: "Amara", email: null, role: ROLE },
      role: null,
      expiresAt,
    },
    allowances: [],
    audience,
  }) as unknown as Admitted;

const headerOf = (headers: string[], name: string) => headers[headers.indexOf(name) + 1];

describe("the headers of what is let in", () => {
  it("are each access token's own, also where one client has both and they come in turns", () => {
    const [orders, billing] = [admitted("orders"), admitted("billing", Date.UTC(2028, 0, 1))];
    for (let n = 0; n < 3; n++) {
      for (const [admission, audience, year] of [
        [orders, "orders", "2027"] as const,
        [billing, "billing", "2028"] as const,
      ]) {
        const headers = allowedHeaders(admission, `request-${audience}-${n}`);
        expect(headerOf(headers, "X-Latchkey-Audience")).toBe(audience);
        expect(headerOf(headers, "Latchkey-Token-Expires")).toBe(`${year}-01-01T00:00:00.000Z`);
        expect(headerOf(headers, "X-Request-Id")).toBe(`request-${audience}-${n}`);
      }
    }
  });

  it("are made once for who calls all the time, and not kept for everybody who ever called", () => {
    const [dear, idle] = [admitted("dear"), admitted("idle")];
    const [ofDear, ofIdle] = [allowedHeaders(dear, "1"), allowedHeaders(idle, "1")];
    const others = Array.from({ length: 20_000 }, (_, n) => admitted(`other-${n}`));
    for (const [n, other] of others.entries()) {
      allowedHeaders(other, "2");
      if (n % 100 === 0) expect(allowedHeaders(dear, "3") === ofDear).toBe(true);
    }
    const anew = allowedHeaders(idle, "4");
    expect(anew === ofIdle).toBe(false);
    expect(headerOf(anew, "X-Latchkey-Audience")).toBe("idle");
  });
});
