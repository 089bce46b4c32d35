import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { clientText } from "./client-text";
import type { OpenApiDocument } from "./openapi-document";

export const TYPESCRIPT_CLIENT = "clients/typescript/latchkey.ts";
const MARK = /^\/\/ --- Made from the OpenAPI document .*$/m;

/** The file as it has to be: what is written by hand above the mark, and below it what the document makes of it. */
export async function typescriptClient(document: OpenApiDocument): Promise<string> {
  const current = await readFile(TYPESCRIPT_CLIENT, "utf8");
  const mark = MARK.exec(current);
  if (!mark) throw new Error(`${TYPESCRIPT_CLIENT} has lost its mark.`);
  const written = current.slice(0, mark.index + mark[0].length);
  return formatted(`${written}\n\n${clientText(document)}`);
}

function formatted(code: string): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/@biomejs/biome/bin/biome", "format", `--stdin-file-path=${TYPESCRIPT_CLIENT}`],
    { input: code, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The client cannot be formatted: ${stderr}`);
  return stdout;
}
