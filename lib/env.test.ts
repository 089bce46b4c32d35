import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./env";

const secret = randomBytes(32).toString("base64url");
const pepper = (id: string, bytes: Uint8Array = randomBytes(32)) => `${id}:${Buffer.from(bytes).toString("base64url")}`;

function accepted(source: Record<string, string>) {
  const result = parseEnvironment(source);
  if (!result.ok) throw new Error(result.problems.join(" "));
  return result.env;
}

function problems(source: Record<string, string>): string[] {
  const result = parseEnvironment(source);
  return result.ok ? [] : result.problems;
}

describe("the gate's port", () => {
  it("is the one after PORT, another that is set, or none", () => {
    expect(accepted({ PORT: "4000" }).GATE_PORT).toBe(4001);
    expect(accepted({ PORT: "4000", GATE_PORT: "5000" }).GATE_PORT).toBe(5000);
    expect(accepted({ GATE_PORT: "off" }).GATE_PORT).toBeNull();
  });

  it.each([
    [{ GATE_PORT: "on" }, "GATE_PORT must be a whole number from 1 to 65535, or off."],
    [{ GATE_PORT: "0" }, "GATE_PORT must be a whole number from 1 to 65535."],
    [{ PORT: "4000", GATE_PORT: "4000" }, "GATE_PORT must be another one than PORT, or off."],
    [{ PORT: "65535" }, "GATE_PORT must be set, or off: the port after PORT, which it is by default, is none."],
  ])("is refused in a sentence: %j", (source, problem) => {
    expect(parseEnvironment(source)).toEqual({ ok: false, problems: [problem] });
  });

  it("needs no secret of signing in", () => {
    const source = { DATABASE_URL: "postgres://a@b/c", TOKEN_PEPPERS: `k1:${randomBytes(32).toString("base64url")}` };
    expect(parseEnvironment(source, ["TOKEN_PEPPERS"]).ok).toBe(true);
    expect(parseEnvironment(source).ok).toBe(false);
  });
});

describe("the gate's address", () => {
  it("is loopback unless it is set itself, wherever the console listens", () => {
    expect(accepted({ HOST: "0.0.0.0" }).GATE_HOST).toBe("127.0.0.1");
    expect(accepted({ GATE_HOST: "10.0.0.7" })).toMatchObject({ HOST: "127.0.0.1", GATE_HOST: "10.0.0.7" });
  });
});

describe("the ports of metrics", () => {
  it("are off unless set, and on loopback unless told otherwise", () => {
    const parsed = parseEnvironment({});
    expect(parsed).toMatchObject({ ok: true, env: { METRICS_PORT: null, GATE_METRICS_PORT: null } });
    expect(parsed).toMatchObject({ env: { METRICS_HOST: "127.0.0.1" } });
    expect(parseEnvironment({ METRICS_PORT: "9464", METRICS_HOST: "::1" })).toMatchObject({
      env: { METRICS_PORT: 9464, METRICS_HOST: "::1" },
    });
  });

  it.each([
    { METRICS_PORT: "3000" },
    { METRICS_PORT: "3001" },
    { GATE_METRICS_PORT: "3000" },
    { METRICS_PORT: "9464", GATE_METRICS_PORT: "9464" },
  ])("are nobody else's: %o", (ports) => {
    const parsed = parseEnvironment(ports);
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      "METRICS_PORT and GATE_METRICS_PORT must be other ones than each other, PORT and GATE_PORT.",
    ]);
  });
});

describe("parseEnvironment", () => {
  it("needs nothing at all", () => {
    expect(accepted({})).toEqual({
      PORT: 3000,
      GATE_PORT: 3001,
      GATE_TRUSTED_PROXIES: 1,
      HOST: "127.0.0.1",
      GATE_HOST: "127.0.0.1",
      DATA_DIR: ".data",
      JOBS: "on",
      TOMBSTONE_DAYS: 365,
      PUBLIC_URL: "http://localhost:3000",
      ACCESS_TOKEN_AUDIENCES: [],
      TOKEN_PREFIX: "lk",
      TRUSTED_PROXIES: 0,
      METRICS_PORT: null,
      GATE_METRICS_PORT: null,
      METRICS_HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      DATABASE_POOL_SIZE: 10,
      TOKEN_CACHE_SIZE: 100_000,
      VERIFY_STALE_SECONDS: 0,
      DEMO_WORLD: "off",
    });
  });

  it("treats an empty variable as unset", () => {
    expect(accepted({ PORT: "", DATABASE_URL: "", AUTH_SECRET: "", PUBLIC_URL: "" }).PORT).toBe(3000);
  });

  it("derives the public address from the port, and keeps a given one as a bare origin", () => {
    expect(accepted({ PORT: "8080" }).PUBLIC_URL).toBe("http://localhost:8080");
    expect(accepted({ PUBLIC_URL: "https://Tokens.example.com/" }).PUBLIC_URL).toBe("https://tokens.example.com");
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "1e3"],
    ["PORT", "-1"],
    ["HOST", "not a host"],
    ["GATE_HOST", "not a host"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_URL", "localhost"],
    ["PUBLIC_URL", "keys.acme.test"],
    ["PUBLIC_URL", "https://tokens.example.com/console"],
    ["PUBLIC_URL", "https://user:word@tokens.example.com"],
    ["PUBLIC_URL", "javascript:alert(1)"],
    ["AUTH_SECRET", "short"],
    ["AUTH_SECRET", "x".repeat(40)],
    ["TOKEN_PEPPERS", "no-colon"],
    ["TOKEN_PEPPERS", pepper("k1", randomBytes(31))],
    ["TOKEN_PEPPERS", pepper("k1", new Uint8Array(32).fill(7))],
    [
      "TOKEN_PEPPERS",
      pepper(
        "k1",
        Uint8Array.from({ length: 32 }, (_, at) => at),
      ),
    ],
    ["TOKEN_PEPPERS", pepper("k1", Buffer.from("an-example-of-a-pepper-made-of-words"))],
    ["TOKEN_PEPPERS", `${pepper("k1")},${pepper("k1")}`],
    ["TOKEN_PEPPERS", `${pepper("k1")},`],
    ["TOKEN_PREFIX", "LK"],
    ["TOKEN_PREFIX", "1k"],
    ["TOKEN_PREFIX", "a"],
    ["TOKEN_PREFIX", "abcdefghi"],
    ["TRUSTED_PROXIES", "true"],
    ["LOG_LEVEL", "loud"],
    ["DATABASE_POOL_SIZE", "0"],
    ["TOKEN_CACHE_SIZE", "0"],
    ["VERIFY_STALE_SECONDS", "31"],
    ["REDIS_URL", "https://:hunter2@cache.internal"],
    ["REDIS_URL", "redis://"],
    ["REDIS_URL", "cache.internal:6379"],
    ["DEMO_WORLD", "yes"],
    ["JOBS", "sometimes"],
    ["TOMBSTONE_DAYS", "0"],
    ["SMTP_URL", "mail.internal:25"],
    ["SMTP_URL", "https://:hunter2@mail.internal"],
    ["SMTP_URL", "smtp://user:100%@mail.internal"],
    ["SMTP_URL", "smtp://us%ffer:hunter2@mail.internal"],
    ["MAIL_FROM", "tokens@example.com, eve@example.net"],
    ["RESEND_API_KEY", "two words"],
    ["RESEND_BASE_URL", "ftp://mail.internal"],
  ])("ends with one sentence that names %s and never repeats its value (%s)", (name, value) => {
    const found = problems({ AUTH_SECRET: secret, TOKEN_PEPPERS: pepper("k9"), [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} .*\\.$`));
    if (value.length > 8) expect(found[0]).not.toContain(value);
  });

  it("sends mail one way, with a sender", () => {
    const from = "Latchkey <tokens@example.com>";
    const [key, server] = ["re_0123456789", "smtps://mail.example.com"];
    expect(accepted({ SMTP_URL: server, MAIL_FROM: from }).MAIL_FROM).toEqual({
      name: "Latchkey",
      address: "tokens@example.com",
    });
    expect(problems({ SMTP_URL: server })).toEqual([expect.stringMatching(/^MAIL_FROM must be set/)]);
    expect(problems({ RESEND_API_KEY: key })).toEqual([expect.stringMatching(/^MAIL_FROM must be set/)]);
    expect(problems({ RESEND_API_KEY: key, SMTP_URL: server, MAIL_FROM: from })).toEqual([
      "RESEND_API_KEY and SMTP_URL must not both be set: mail goes one way.",
    ]);
  });

  it("tells every problem at once", () => {
    expect(problems({ PORT: "x", LOG_LEVEL: "y" })).toHaveLength(2);
  });

  it("makes up no secret for a real database", () => {
    const found = problems({ DATABASE_URL: "postgres://somewhere/latchkey" });
    expect(found.map((sentence) => sentence.split(" ")[0])).toEqual(["AUTH_SECRET", "TOKEN_PEPPERS"]);
  });

  it("keeps the order of the peppers, the current one first", () => {
    const current = randomBytes(32);
    const env = accepted({
      DATABASE_URL: "postgresql://somewhere/latchkey",
      AUTH_SECRET: secret,
      TOKEN_PEPPERS: `${pepper("k2", current)}, ${pepper("k1")}`,
    });
    expect(env.TOKEN_PEPPERS?.map(({ id }) => id)).toEqual(["k2", "k1"]);
    expect(env.TOKEN_PEPPERS?.[0]?.secret.equals(current)).toBe(true);
  });
});
