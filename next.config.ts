import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  // In development Next would print what actions are given: passwords and invitations' codes among it.
  logging: { serverFunctions: false },
  // No picture is resized here, so the route that would do it is closed.
  images: { unoptimized: true },
  // Scalar comes as one script that is served as it is, at an address that changes with it.
  turbopack: { rules: { "**/@scalar/api-reference/dist/browser/standalone.js": { type: "asset" } } },
  // A proxy may pass on another Host than the one that browsers ask for.
  experimental: {
    serverActions: { allowedOrigins: process.env.PUBLIC_URL ? [new URL(process.env.PUBLIC_URL).host] : [] },
  },
  // The type check is a step of its own (`npm run types`); the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "drizzle-orm",
    "postgres",
    "pino",
    "rate-limiter-flexible",
    "redis",
    "pg-boss",
    "nodemailer",
    "resend",
    "@react-email/render",
    "@react-email/components",
  ],
  // What every answer says, files included; a page's content security policy carries a nonce and comes from `proxy.ts`.
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "no-referrer" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
        {
          key: "Permissions-Policy",
          value: "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
        },
      ],
    },
  ],
};

export default config;
