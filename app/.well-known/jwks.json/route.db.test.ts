import { expect, it } from "vitest";
import { callRoute, serveApi } from "@/test/api";
import { GET } from "./route";

it("answers from memory however often it is asked, until a key is retired", async () => {
  const { sql, cache } = await serveApi();
  const kids = async () => (await callRoute(GET)).json.keys.map(({ kid }: { kid: string }) => kid);
  const [kid = ""] = await kids();
  // As by a change of which nobody tells: it is seen only where the database is asked.
  await sql`update signing_keys set believed_until = now()`;
  for (let call = 0; call < 20; call++) expect(await kids()).toEqual([kid]);
  cache.ticks.touch(kid);
  const found = await kids();
  expect(found).toHaveLength(1);
  expect(found).not.toContain(kid);
});
