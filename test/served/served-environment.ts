import { afterEach, expect, inject } from "vitest";
import { departures } from "@/test/openapi/hear-api";

// This process makes tokens that the server accepts.
Object.assign(process.env, inject("servedSettings"));

// Whatever a test hears by `fetch` is as the server's own document has it.
afterEach(async () => {
  expect(await departures(inject("servedUrl"))).toEqual([]);
});
