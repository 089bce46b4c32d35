import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

test("lets no script run in production that does not carry the nonce", () => {
  const policy = contentSecurityPolicy("abc", { development: false, secure: true });
  const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src"));
  expect(scripts).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
    expect(policy).toContain(directive);
  }
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
});
