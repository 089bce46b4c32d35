import { describe, expect, it, vi } from "vitest";
import { Problem } from "@/lib/http/problem";
import { holdsToken, mintToken } from "@/lib/tokens/token-secret";
import { readCredential } from "./read-credential";

const token = mintToken("lk", "pat").plain.reveal();
const jwt = (header: object) =>
  `${Buffer.from(JSON.stringify(header)).toString("base64url")}.eyJzdWIiOiIxbTlZUTJ6azdoVmQifQ.c2lnbmF0dXJl`;
const accessToken = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIxbTlZUTJ6azdoVmQifQ.c2lnbmF0dXJl";
const ofAnEarlierPrefix = mintToken("acme", "svc").plain.reveal();

function read(authorization: string | null, path = "/api/v1/me") {
  const headers = new Headers(authorization === null ? {} : { authorization });
  try {
    return readCredential({ url: `http://latchkey.example${path}`, headers }).reveal();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe("the credential of a request", () => {
  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}  `, `APIKey ${token}`, `apikey ${token}`])(
    "is what follows the scheme: %s",
    (header) => {
      expect(read(header)).toBe(token);
    },
  );

  it.each([null, "Basic dXNlcjpwYXNz", "Digest x", token, ""])(
    "is none where nothing was offered that we take: %s",
    (header) => {
      expect(read(header)).toBe("missing_token");
    },
  );

  it("is no token, and costs no match, where the header is long", () => {
    const match = vi.spyOn(RegExp.prototype, "exec");
    try {
      for (const header of [`Bearer${" ".repeat(16_000)}x`, `Bearer a${" ".repeat(16_000)}b`, "B".repeat(4197)]) {
        const request = { url: "http://latchkey.example/", headers: { get: () => header } as never };
        expect(readCredential(request).reveal()).toBe("");
      }
      expect(match).not.toHaveBeenCalled();
    } finally {
      match.mockRestore();
    }
  });

  it.each([`Bearer ${token}, Bearer ${token}`, `Bearer ${token} ${token}`, `Basic x, Bearer ${token}`])(
    "is refused where there are two: %s",
    (header) => {
      expect(read(header)).toBe("two_credentials");
    },
  );

  it.each([
    "access_token=x",
    "token=x",
    "api_key=x",
    "API_KEY=x",
    `q=${token}`,
    `q=%20${token}`,
    `a=1&b=${token}`,
    `q=${ofAnEarlierPrefix}`,
    token,
    `${token}=1`,
    `q=Bearer%20${token}`,
    `q=x${token}y`,
    `%22${token}%22=1`,
    `q=${accessToken}`,
    `q=Bearer%20${accessToken}`,
    `a=1&${accessToken}=1`,
    `q=${jwt({ typ: "JWT" })}%20${jwt({ typ: "AT+JWT", alg: "none" })}`,
    `q=${jwt({ alg: "ES256", typ: "application/at+jwt" })}`,
  ])("is refused in the address: ?%s", (query) => {
    expect(read(null, `/api/v1/me?${query}`)).toBe("token_in_query");
    expect(read(`Bearer ${token}`, `/api/v1/me?${query}`)).toBe("token_in_query");
  });

  it.each([
    jwt({ alg: "HS256", typ: "JWT" }),
    jwt({ alg: "HS256" }),
    "eyJubyBoZWFkZXIsIGF0K2p3dA.eyJzdWIiOiIxbTlZUTJ6azdoVmQifQ.c2lnbmF0dXJl",
    jwt({ typ: "logout+jwt" }),
  ])("is not seen in a JWT of somebody else's, which logs hide all the same: %s", (state) => {
    expect(read(`Bearer ${token}`, `/callback?code=1&state=${state}`)).toBe(token);
    expect(holdsToken(`state ${state}`)).toBe(true);
  });

  it.each([
    "cursor=eyJuYW1lIjoiYSJ9",
    "q=eyJhbGciOiJFUzI1NiJ9",
    "q=1.2.3",
    "q=lk_pat_1m9Y",
    `q=${token.slice(0, -1)}`,
    "status=active",
  ])("is not seen in a search for a part of it: ?%s", (query) => {
    expect(read(`Bearer ${token}`, `/api/v1/tokens?${query}`)).toBe(token);
  });
});
