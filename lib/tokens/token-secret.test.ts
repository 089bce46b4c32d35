import { createSecretKey, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type HashedToken,
  hashToken,
  maskToken,
  mintToken,
  PlainToken,
  parseToken,
  sameHash,
  TOKEN_KINDS,
} from "./token-secret";

/** The expression that secret scanners are given. */
const SCANNER = /\blk_(?:pat|svc|cls|tmp)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}\b/;

const pepper = (id = "k1") => ({ id, key: createSecretKey(randomBytes(32)) });

describe("a minted token", () => {
  it.each(TOKEN_KINDS)("of kind %s has the documented shape, and parses to its own id and kind", (kind) => {
    const { id, lastFour, plain } = mintToken("lk", kind);
    expect(plain.reveal()).toHaveLength(69);
    expect(plain.reveal()).toMatch(SCANNER);
    expect(plain.reveal().endsWith(lastFour)).toBe(true);
    expect(parseToken(plain.reveal())).toEqual({ kind, id });
  });

  it("shows [secret] wherever it is printed, logged or serialised", () => {
    const { plain } = mintToken("lk", "pat");
    for (const shown of [String(plain), `${plain}`, JSON.stringify({ plain }), inspect({ plain }), inspect([plain])]) {
      expect(shown).not.toContain(plain.reveal());
      expect(shown).not.toContain(plain.reveal().slice(20));
      expect(shown).toContain("[secret]");
    }
  });

  it("uses every character of the alphabet about equally often", () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 2000; n++) {
      for (const character of mintToken("lk", "pat").plain.reveal().slice(20, 63)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (2000 * 43) / 62;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(62);
    // 61 degrees of freedom: beyond 140 with a chance of one in twenty million. A modulo bias gives over 2,000.
    expect(chiSquare).toBeLessThan(140);
  });
});

describe("parseToken", () => {
  it("refuses any single changed character", () => {
    const { plain } = mintToken("lk", "pat");
    const whole = plain.reveal();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom(..."0aZ_-. "), (at, character) => {
        fc.pre(whole[at] !== character);
        expect(parseToken(whole.slice(0, at) + character + whole.slice(at + 1))).toBeNull();
      }),
    );
  });

  it("refuses any text that is not a token, whatever its length", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => parseToken(text) === null));
    expect(parseToken(`lk_pat_${"a".repeat(100_000)}`)).toBeNull();
    expect(parseToken("")).toBeNull();
  });

  it.each(["lk", "a1", "acme", "abcdefgh"])("reads a token of the prefix %s, which the checksum covers", (prefix) => {
    const { plain, id } = mintToken(prefix, "svc");
    expect(parseToken(plain.reveal())).toEqual({ kind: "svc", id });
    expect(parseToken(plain.reveal().replace(prefix, "zz"))).toBeNull();
  });

  it("refuses a prefix that no deployment can have, and surrounding space", () => {
    for (const prefix of ["x", "1k", "LK", "abcdefghi"]) {
      expect(parseToken(mintToken(prefix, "pat").plain.reveal())).toBeNull();
    }
    const whole = mintToken("lk", "pat").plain.reveal();
    expect(parseToken(` ${whole}`)).toBeNull();
    expect(parseToken(`${whole}\n`)).toBeNull();
  });
});

describe("hashToken", () => {
  it("depends on the whole token and on the pepper", () => {
    const one = pepper();
    const a = mintToken("lk", "pat").plain;
    const b = mintToken("lk", "pat").plain;
    expect(hashToken(a, one)).toEqual(hashToken(a, one));
    expect(hashToken(a, one)).toHaveLength(32);
    expect(hashToken(a, one)).not.toEqual(hashToken(b, one));
    expect(hashToken(a, one)).not.toEqual(hashToken(a, pepper()));
  });

  it("makes what only the same token's hash equals", () => {
    const one = pepper();
    const a = mintToken("lk", "pat").plain;
    expect(sameHash(hashToken(a, one), hashToken(new PlainToken(a.reveal()), one))).toBe(true);
    expect(sameHash(hashToken(a, one), hashToken(mintToken("lk", "pat").plain, one))).toBe(false);
    expect(sameHash(hashToken(a, one), Buffer.alloc(0) as HashedToken)).toBe(false);
    const nothing = Buffer.alloc(0) as HashedToken;
    // @ts-expect-error a plain token cannot stand in for its hash
    expect(() => sameHash(a, nothing)).not.toThrow();
    // @ts-expect-error nor a hash for the token
    expect(() => hashToken(nothing, one)).toThrow();
  });
});

it("maskToken shows the public part alone", () => {
  expect(maskToken({ prefix: "lk", kind: "pat", id: "1m9YQ2zk7hVd" })).toBe("lk_pat_1m9Y…");
});
