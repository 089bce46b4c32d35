import { createHash } from "node:crypto";
import { inject } from "vitest";

const bytes = (name: string) => createHash("sha256").update(name).digest("base64url");

// The server's own database has none of our tables: code that reaches for the process's pool instead of the `db` that
// it was given fails here.
process.env.DATABASE_URL = inject("postgresUrl");
process.env.AUTH_SECRET = bytes("sessions under test");
process.env.TOKEN_PEPPERS = `test:${bytes("tokens under test")}`;
process.env.LOG_LEVEL = "silent";
