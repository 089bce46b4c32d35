import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Asked, answeringServer } from "@/test/answering-server";
import { exchangeLines } from "./curl-line";

/** Runs lines as somebody pastes them. */
const pasted = (lines: string) =>
  new Promise<{ stdout: string; stderr: string; failed: boolean }>((resolve) => {
    execFile("sh", ["-c", lines], (error, stdout, stderr) => resolve({ stdout, stderr, failed: error !== null }));
  });

const api = ({ url, headers }: Asked) => {
  if (url !== "/api/v1/oauth/token") return { body: { name: "Nightly" } };
  return headers.authorization === `Basic ${btoa("5kVH:right")}`
    ? { body: { token_type: "Bearer", access_token: "ey.a.b", expires_in: 3600 } }
    : { status: 401, body: { error: "invalid_client", error_description: "No." } };
};

describe("the lines that exchange a client's credentials and call", () => {
  it("call with the access token that came", async () => {
    const { url, asked } = await answeringServer(api);
    const { stdout, stderr, failed } = await pasted(exchangeLines(url, { id: "5kVH", secret: "right" }));
    expect([failed, stderr.includes("error"), stdout]).toEqual([false, false, expect.stringContaining("Nightly")]);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([expect.any(String), "Bearer ey.a.b"]);
  });

  it("say that the exchange was refused, and call nobody with the refusal in place of a token", async () => {
    const { url, asked } = await answeringServer(api);
    const { stdout, stderr, failed } = await pasted(exchangeLines(url, { id: "5kVH", secret: "wrong" }));
    expect([failed, stdout]).toEqual([true, ""]);
    expect(stderr).toContain("401");
    expect(asked.map((call) => call.url)).toEqual(["/api/v1/oauth/token"]);
  });

  it("have no line longer than a dialog shows", () => {
    const lines = exchangeLines("https://tokens.meridian.example", {
      id: "5kVHjJb8zwlX",
      secret: "$LATCHKEY_CLIENT_SECRET",
    });
    for (const line of lines.split("\n")) expect(line.length).toBeLessThanOrEqual(56);
  });
});
