import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

// The routes that are compared, as an application of their own beside the product, which ships neither. What bears on the
// speed of a route is set as in the product's own configuration.
const config: NextConfig = {
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["drizzle-orm", "postgres", "pino"],
  turbopack: { root: fileURLToPath(new URL("..", import.meta.url)) },
};

export default config;
