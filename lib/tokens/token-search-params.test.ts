import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TOKEN_SORTS, tokenQuery } from "./token-input";
import {
  isFiltered,
  readTokenSearchParams,
  type SearchParams,
  searchWithoutSecret,
  tokenSearch,
  withoutSecret,
} from "./token-search-params";
import { mintToken } from "./token-secret";

const LENA = "018f9c7e-5a00-7cc3-98c4-dc0c0c07398f";
const MATEO = "018f9c7e-5a00-7cc3-98c4-dc0c0c073990";

const read = (search: string) => {
  const params: SearchParams = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = params[name];
    params[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return readTokenSearchParams(params);
};

describe("the address of the token table", () => {
  it("shows everything, newest first, where nothing is asked", () => {
    const { query, ignored } = read("");
    expect(query).toEqual(tokenQuery.parse({}));
    expect(ignored).toEqual([]);
    expect(isFiltered(query)).toBe(false);
  });

  it("takes several values repeated, with commas, and both, each once", () => {
    const { query, ignored } = read(
      `status=active,expired&status=deleted&status=active&issued_by=${LENA},${MATEO}&role=none`,
    );
    expect(query.status).toEqual(["active", "expired", "deleted"]);
    expect(query.issued_by).toEqual([LENA, MATEO]);
    expect(query.role).toEqual(["none"]);
    expect(ignored).toEqual([]);
  });

  it("leaves out what it does not know, keeps the rest, and names each", () => {
    const { query, ignored } = read(
      `status=active,sold&role=admin&last_used=soon&sort=secret_hash&limit=5000&issued_by=1`,
    );
    expect(query).toEqual({ ...tokenQuery.parse({}), status: ["active"] });
    expect(ignored).toEqual([
      { name: "issued_by", value: "1" },
      { name: "role", value: "admin" },
      { name: "status", value: "sold" },
      { name: "last_used", value: "soon" },
      { name: "sort", value: "secret_hash" },
      { name: "limit", value: "5000" },
    ]);
  });

  it("passes over parameters with other names without a word", () => {
    expect(read("utm_source=mail&create=1").ignored).toEqual([]);
  });

  it("counts an empty parameter as absent", () => {
    expect(read("q=&status=&last_used=&sort=&limit=&cursor=")).toEqual({ query: tokenQuery.parse({}), ignored: [] });
  });

  it("takes the first of a parameter that has room for one, and names the others", () => {
    const { query, ignored } = read("sort=name&sort=-name");
    expect(query.sort).toBe("name");
    expect(ignored).toEqual([{ name: "sort", value: "-name" }]);
  });

  it("ignores a search that the database could not hold", () => {
    expect(readTokenSearchParams({ q: "a\0b" }).query.q).toBe("");
    expect(readTokenSearchParams({ q: "a\ud800" }).query.q).toBe("");
    expect(readTokenSearchParams({ q: "x".repeat(201) }).query.q).toBe("");
  });

  it("never throws, and always gives a query that the list takes", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.string(), { maxLength: 5 }),
      fc.constant(undefined),
    );
    const names = Object.keys(tokenQuery.shape) as (keyof typeof tokenQuery.shape)[];
    fc.assert(
      fc.property(fc.record(Object.fromEntries(names.map((name) => [name, value]))), (params) => {
        expect(tokenQuery.safeParse(readTokenSearchParams(params as SearchParams).query).success).toBe(true);
      }),
    );
  });

  it("writes what it reads: a pasted link shows the same view", () => {
    const query = fc.record({
      q: fc.string({ maxLength: 40 }).map((text) => withoutSecret(text.replaceAll("\0", "").trim())),
      issued_by: fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
      role: fc.uniqueArray(fc.oneof(fc.uuid(), fc.constant("none")), { maxLength: 4 }),
      status: fc.uniqueArray(fc.constantFrom("active" as const, "expired" as const, "deleted" as const)),
      last_used: fc.constantFrom(null, "24h" as const, "never" as const),
      expires: fc.constantFrom(null, "soon" as const, "unacknowledged" as const),
      policy: fc.constantFrom(null, "within" as const, "outside" as const),
      sort: fc.constantFrom(...TOKEN_SORTS.flatMap((column) => [column, `-${column}`])),
      limit: fc.integer({ min: 1, max: 100 }),
      cursor: fc.constantFrom(null, "eyJh"),
    });
    fc.assert(
      fc.property(query, (wanted) => {
        expect(read(tokenSearch(wanted))).toEqual({ query: wanted, ignored: [] });
      }),
    );
  });
});

describe("a secret in the search", () => {
  const { id, plain } = mintToken("lk", "pat");
  const whole = plain.reveal();

  it.each([
    ["alone", whole],
    ["with its scheme", `Authorization: Bearer ${whole}`],
    ["in quotes", `"${whole}"`],
    ["cut short", whole.slice(0, 30)],
    ["mistyped", `${whole.slice(0, -1)}!`],
    ["of another prefix", whole.replace("lk_", "acme_")],
  ])("gives way to the token's id: %s", (_, text) => {
    expect(withoutSecret(text)).toBe(id);
  });

  it.each(["lk_pat_", `lk_pat_${id}`, `lk_pat_${id.slice(0, 4)}…`, id, "nightly_pat_export", "Old CRM", "💳 pay", ""])(
    "leaves other words alone: %s",
    (text) => {
      expect(withoutSecret(text)).toBe(text);
    },
  );

  it("leads to an address without it, which keeps the rest and leads no further", () => {
    const safe = searchWithoutSecret(`?q=Bearer+${whole}&status=active&sort=-name`);
    expect(safe).toBe(`?q=${id}&status=active&sort=-name`);
    expect(searchWithoutSecret(safe ?? "")).toBeNull();
  });

  it("is found in any parameter, also in the way back after signing in", () => {
    const back = new URLSearchParams({ return_to: `/settings/api-tokens?q=${whole}`, [whole]: "1" });
    expect(searchWithoutSecret(`?${back}`)).toBe(
      `?${new URLSearchParams({ return_to: `/settings/api-tokens?q=${id}`, [id]: "1" })}`,
    );
  });

  it("is taken out as an access token too, which has no id to stand for it", () => {
    const jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxbTlZUTJ6azdoVmQifQ.c2lnbmF0dXJl";
    const safe = searchWithoutSecret(`?q=Bearer+${jwt}&a=${jwt}&${jwt}=1`);
    expect(safe).toBe("?q=Bearer+access-token&a=access-token&access-token=1");
    expect(searchWithoutSecret(safe ?? "")).toBeNull();
    expect(searchWithoutSecret("?cursor=eyJuYW1lIjoiYSJ9")).toBeNull();
  });

  it("leaves an address without one as it is, to the letter", () => {
    expect(searchWithoutSecret("")).toBeNull();
    expect(searchWithoutSecret(`?q=lk_pat_${id}&status=active,expired&utm_source=a%20b`)).toBeNull();
  });

  it("is never searched for, even where it got through", () => {
    expect(readTokenSearchParams({ q: whole }).query.q).toBe(id);
  });
});
