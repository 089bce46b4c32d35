import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");
const outside = ["**/node_modules/**", "**/.next/**", "**/.data/**", "e2e/**"];

/**
 * Lets every route file that a test loads say which path its methods answer: Next knows it from the file's place, and the
 * methods themselves do not.
 */
const nameRoutes: Plugin = {
  name: "name-routes",
  enforce: "pre",
  transform(code, id) {
    if (!id.startsWith(`${root}/app/`) || !id.endsWith("/route.ts")) return null;
    const path = JSON.stringify(id.slice(`${root}/app`.length, -"/route.ts".length));
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    const routes = methods.map((method) => `typeof ${method} === "undefined" ? undefined : ${method}`).join(", ");
    return `${code}
import { rememberRoutes } from "@/test/openapi/route-paths";
rememberRoutes(${path}, [${routes}]);
`;
  },
};

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // Next's mark for modules that must not reach a browser has nothing to guard here.
      "server-only": `${root}/test/server-only.ts`,
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [
            ...outside,
            "**/*.db.test.ts",
            "**/*.endurance.test.ts",
            "**/*.proxy.test.ts",
            "**/*.served.test.ts",
          ],
          // Properties try thousands of inputs; a busy machine is no reason to fail.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        plugins: [nameRoutes],
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: outside,
          globalSetup: ["test/postgres.ts"],
          setupFiles: ["test/db-environment.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Minutes of workers that are killed, which would keep every other test waiting for the processor.
          name: "endurance",
          include: ["**/*.endurance.test.ts"],
          exclude: outside,
          globalSetup: ["test/postgres.ts"],
          setupFiles: ["test/db-environment.ts"],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Over HTTP, on the production build.
          name: "served",
          include: ["**/*.served.test.ts"],
          exclude: outside,
          globalSetup: ["test/served/running-server.ts"],
          setupFiles: ["test/served/served-environment.ts"],
          testTimeout: 60_000,
          // A start without a build makes one.
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "proxies",
          include: ["**/*.proxy.test.ts"],
          exclude: outside,
          testTimeout: 20_000,
          // Fetches a proxy where there is none.
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
