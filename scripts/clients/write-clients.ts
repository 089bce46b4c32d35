// `npm run clients`: makes again what is made of the API's description.
import { readFile, writeFile } from "node:fs/promises";
import { openApiDocument } from "@/lib/http/openapi/document";
import type { OpenApiDocument } from "./openapi-document";
import { TYPESCRIPT_CLIENT, typescriptClient } from "./typescript-client";

const document = openApiDocument("https://tokens.example.com") as unknown as OpenApiDocument;

for (const [path, made] of [[TYPESCRIPT_CLIENT, typescriptClient(document)]] as const) {
  const text = await made;
  const isFresh = (await readFile(path, "utf8").catch(() => "")) === text;
  if (!isFresh) await writeFile(path, text);
  console.log(`${path} ${isFresh ? "is as it should be" : "is made again"}`);
}
