// `npm start`: everything the product needs, from one command. The launcher itself is TypeScript; see launcher/start.ts.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
register({ tsconfig: "tsconfig.json" });
const { launch } = await import("./launcher/start.ts");
await launch({ development: process.argv.includes("--dev") });
