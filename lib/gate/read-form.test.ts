import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { Problem } from "@/lib/http/problem";
import { readForm } from "./read-form";

it("takes a sender that leaves in the middle for what it is, and not for a database that is away", async () => {
  async function* half() {
    yield Buffer.from("token=ab");
    throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  }
  const request = Object.assign(Readable.from(half()), {
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "500" },
  });
  const problem = await readForm(request as unknown as IncomingMessage, {} as ServerResponse, ["token"]).catch(
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).code).toBe("incomplete_body");
});
