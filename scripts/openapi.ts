// `npm run openapi [address]`: the OpenAPI document as a server at that address gives it, without one.
import { openApiDocument } from "@/lib/http/openapi/document";

const [publicUrl = "http://localhost:3000"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(openApiDocument(publicUrl), null, 2)}\n`);
