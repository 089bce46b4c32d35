import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("docs/decisions/README.md lists every decision once, by its own title and a line of its own", () => {
  const listed = [...readFileSync("docs/decisions/README.md", "utf8").matchAll(/^- \[(.+)\]\((.+\.md)\): .{10,}\.$/gm)];
  const pages = readdirSync("docs/decisions").filter((name) => name !== "README.md");
  expect(listed.map(([, , name]) => name).sort()).toEqual(pages.sort());
  for (const [, title, name] of listed) {
    expect(readFileSync(`docs/decisions/${name}`, "utf8").split("\n")[0], name).toBe(`# ${title}`);
  }
});
