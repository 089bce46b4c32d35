import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const text = (file: string) => readFileSync(join("docs/proxies", file), "utf8");

/** What the page's table of lines to change names, as it stands in the configuration. */
function namedLines(page: string): string[] {
  const [, table = ""] = page.split("| line | what it is |");
  const [rows = ""] = table.split(/^(?!\s*\|).+$/m);
  return [...rows.matchAll(/^\s*\| (.+?) (?<!\\)\| /gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, line = ""]) => line.replaceAll("\\|", "|").replace(/ ?…$/, "")),
  );
}

describe.each([
  ["nginx.md", "nginx.conf", 8],
  ["caddy.md", "Caddyfile", 7],
  ["haproxy.md", "haproxy.cfg", 8],
  ["envoy.md", "envoy.yaml", 6],
])("the steps of %s", (page, configuration, least) => {
  it(`name only lines that ${configuration} has`, () => {
    const lines = namedLines(text(page));
    expect(lines.length).toBeGreaterThanOrEqual(least);
    expect(lines.filter((line) => !text(configuration).includes(line.replace(/^… /, "")))).toEqual([]);
  });

  it("name every line that has the address of the gate, of the API or of the proxy itself", () => {
    const named = namedLines(text(page));
    const addressed = text(configuration).match(/^.*\b(3001|4000|8080)\b.*$/gm) ?? [];
    expect(addressed.length).toBeGreaterThanOrEqual(3);
    expect(addressed.filter((line) => !named.some((name) => line.includes(name)))).toEqual([]);
  });
});
