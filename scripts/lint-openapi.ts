// `npm run lint:openapi`: holds the OpenAPI document to Redocly's recommended rules, and its warnings too.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApiDocument } from "@/lib/http/openapi/document";

const folder = mkdtempSync(join(tmpdir(), "latchkey-openapi-"));
try {
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(openApiDocument("https://tokens.acme.example"), null, 2));
  const { stdout, stderr } = spawnSync("redocly", ["lint", file, "--config", "redocly.yaml", "--format", "json"], {
    encoding: "utf8",
    shell: process.platform === "win32",
    maxBuffer: 64 * 1024 * 1024,
    // It asks nobody for anything.
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
    totals: { errors: number; warnings: number };
    problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
  };
  for (const { ruleId, message, location } of problems)
    console.error(`${ruleId} at ${location[0]?.pointer}: ${message}`);
  if (totals.errors + totals.warnings > 0) process.exitCode = 1;
  else console.log("the OpenAPI document breaks no rule");
  if (!stdout) console.error(stderr);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
