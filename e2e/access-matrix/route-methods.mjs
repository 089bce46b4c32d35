// Prints what each route of the build exports, as JSON: the methods with the guard that stands before them. A process of
// its own, since Next's runtime changes what is global.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);
require("next/dist/server/node-environment.js");

const found = {};
for (const key of process.argv.slice(2)) {
  const { routeModule } = await require(resolve(".next/server/app", `${key.slice(1)}.js`));
  await routeModule.ensureUserland();
  const methods = Object.entries(routeModule.userland).filter(([name]) => /^[A-Z]+$/.test(name));
  found[key] = Object.fromEntries(
    methods.map(([name, method]) => [name, { kind: method.kind ?? null, permission: method.permission ?? null }]),
  );
}
console.log(JSON.stringify(found));
// The modules open pools and timers of their own.
process.exit(0);
