import { describe, expect, it } from "vitest";
import { createLog } from "./log";
import { mintToken } from "./tokens/token-secret";

function logged(...line: [object, string] | [string]): string {
  const written: string[] = [];
  const log = createLog({ level: "trace", destination: { write: (text) => void written.push(text) } });
  if (line.length === 2) log.info(...line);
  else log.info(line[0]);
  return written.join("");
}

const { plain, id } = mintToken("lk", "pat");
const whole = plain.reveal();
const secret = whole.split("_")[3] ?? "";

describe("the log", () => {
  it.each<[string, [object, string] | [string]]>([
    ["in a message", [`called with ${whole}`]],
    ["in a field", [{ path: `/x?access_token=${whole}` }, "x"]],
    ["deep in an object", [{ a: { b: [{ c: whole }] } }, "x"]],
    ["in a header", [{ headers: { authorization: `Bearer ${whole}` } }, "x"]],
    ["cut short", [{ path: whole.slice(0, 40) }, "x"]],
    ["as a value of its own type", [{ plain }, "x"]],
  ])("holds no secret of a token %s", (_, line) => {
    expect(logged(...line)).not.toContain(secret.slice(0, 20));
  });

  it("keeps the public part of a token, which finds it in the table", () => {
    expect(logged(`called with ${whole}`)).toContain(`lk_pat_${id}_[secret]`);
  });

  it.each(["Basic dXNlcjpwYXNz", "bearer opaque-value", "APIKey opaque-value"])(
    "holds no Authorization value: %s",
    (value) => {
      expect(logged({ header: value }, "x")).not.toContain(value.split(" ")[1]);
    },
  );

  const refresh = mintToken("lk", "tmp").plain.reveal();
  const jwt = `${['{"alg":"ES256"}', '{"sub":"1m9YQ2zk7hVd"}'].map((part) => Buffer.from(part).toString("base64url")).join(".")}.c2lnbmF0dXJlLW9mLWEtdG9rZW4`;
  const signature = "c2lnbmF0dXJlLW9mLWEtdG9rZW4";

  it.each<[string, [object, string] | [string]]>([
    ["in a message", [`called with ${jwt}.`]],
    ["in an address", [{ path: `/x?t=${jwt}&a=b` }, "x"]],
    ["in an address, its dots encoded", [{ path: `/x/${jwt.replaceAll(".", "%2E")}` }, "x"]],
    ["in an object of a client", [{ tokens: { accessToken: jwt, refreshToken: refresh } }, "x"]],
    ["in the text of an answer", [JSON.stringify({ access_token: jwt, refresh_token: refresh })]],
    ["in a form", [`token=${jwt}&token_type_hint=access_token&refresh_token=${refresh}`]],
    ["without its signature", [jwt.slice(0, jwt.lastIndexOf(".") - 3)]],
    ["of a client, as Basic", [{ header: `Basic ${Buffer.from(`${id}:${whole}`).toString("base64")}` }, "x"]],
    ["of a client, in a form", [`grant_type=client_credentials&client_id=${id}&client_secret=${whole}`]],
  ])("holds no access token, refresh token or client's credentials %s", (_, line) => {
    const written = logged(...line);
    expect(written).not.toContain(signature);
    expect(written).not.toContain(jwt.split(".")[1]?.slice(0, 12));
    expect(written).not.toContain(refresh.split("_")[3]?.slice(0, 20));
    expect(written).not.toContain(Buffer.from(`${id}:${whole}`).toString("base64").slice(20, 40));
    expect(written).not.toContain(secret.slice(0, 20));
    expect(() => JSON.parse(written)).not.toThrow();
  });

  it("leaves what has dots and is no credential", () => {
    expect(logged("v1.2.3 of tokens.acme.example answered")).toContain("v1.2.3 of tokens.acme.example answered");
  });

  it("holds no cookie and no password", () => {
    const written = logged(
      {
        headers: { cookie: "authjs.session-token=abc123" },
        body: { password: "hunter22" },
        raw: "x; __Secure-authjs.session-token=abc123; y",
      },
      "x",
    );
    expect(written).not.toMatch(/abc123|hunter22/);
  });

  it("stays one line of JSON", () => {
    expect(JSON.parse(logged({ header: `Bearer ${whole}` }, "x"))).toMatchObject({
      msg: "x",
      header: "Bearer [secret]",
    });
  });
});
