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
