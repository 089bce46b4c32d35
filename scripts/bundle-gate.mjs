// Writes the gate as one script to its output.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  entryPoints: ["scripts/gate.ts"],
  bundle: true,
  platform: "node",
  format: "cjs",
  target: `node${process.versions.node}`,
  legalComments: "none",
  write: false,
  logLevel: "warning",
});
process.stdout.write(outputFiles[0].text);
