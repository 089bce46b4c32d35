// `npm run gate`: the gate from one script that is made on the spot. A loader for TypeScript beside it, as other scripts
// have one, would take more memory than forty thousand tokens do.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const script = execFileSync(process.execPath, ["scripts/bundle-gate.mjs"], {
  encoding: "utf8",
  maxBuffer: 2 ** 26,
  stdio: ["ignore", "pipe", "inherit"],
});
// A place in the log, `gate.js:123:4`, is that line of what `node scripts/bundle-gate.mjs` prints.
compileFunction(script, ["require"], { filename: "gate.js" })(createRequire(import.meta.url));
