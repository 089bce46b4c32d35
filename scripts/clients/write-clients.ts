// `npm run clients`: makes again what is made of the API's description, and the command line as one file.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { openApiDocument } from "@/lib/http/openapi/document";
import { CLI_BUNDLE, cliBundle } from "./cli-bundle";
import type { OpenApiDocument } from "./openapi-document";
import { TYPESCRIPT_CLIENT, typescriptClient } from "./typescript-client";

async function write(path: string, text: string): Promise<void> {
  const isFresh = (await readFile(path, "utf8").catch(() => "")) === text;
  if (!isFresh) await writeFile(path, text);
  console.log(`${path} ${isFresh ? "is as it should be" : "is made again"}`);
}

const document = openApiDocument("https://tokens.example.com") as unknown as OpenApiDocument;
await write(TYPESCRIPT_CLIENT, await typescriptClient(document));
// The command line holds the client.
await write(CLI_BUNDLE, await cliBundle());
await chmod(CLI_BUNDLE, 0o755);
