import { build } from "esbuild";

export const CLI_BUNDLE = "clients/cli/latchkey.mjs";

const BANNER = `#!/usr/bin/env node
// Latchkey on the command line, whole in this one file: copy it. It needs Node.js 20.19 or newer and nothing else.
// Made from clients/cli by \`npm run clients\`: changes are made there.`;

/** The command line as one file, client and all. */
export async function cliBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["clients/cli/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: BANNER },
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("The command line was not bundled.");
  return file.text;
}
