import { randomBytes } from "node:crypto";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import postgres from "postgres";

/** Connections, as many as the pool that its documentation shows opens by itself. */
const CONNECTIONS = 10;

/**
 * better-auth with its API-key plugin on PostgreSQL, as its documentation sets it up, but for two things in its favour: its
 * limit of ten calls a day for each key, and the counting for it, is off; and its statements are prepared once a connection.
 */
export async function openBetterAuth(url: string) {
  const sql = postgres(url, { max: CONNECTIONS, onnotice: () => {} });
  const options = {
    baseURL: "http://127.0.0.1",
    secret: randomBytes(32).toString("base64url"),
    telemetry: { enabled: false },
    logger: { level: "error" as const },
    database: poolOf(sql),
    emailAndPassword: { enabled: true },
    plugins: [apiKey({ rateLimit: { enabled: false } })],
  };
  const auth = betterAuth(options);

  return {
    /** Whether it lets a key in. */
    async verify(key: string): Promise<boolean> {
      const { valid } = await auth.api.verifyApiKey({ body: { key } });
      return valid;
    },
    /** Makes its tables, a user and that user's keys. */
    async prepare(count: number): Promise<string[]> {
      const { runMigrations } = await getMigrations(options);
      await runMigrations();
      const { user } = await auth.api.signUpEmail({
        body: { name: "Bench", email: "bench@bench.example", password: randomBytes(16).toString("hex") },
      });
      const keys: string[] = [];
      for (let made = 0; made < count; made++) {
        keys.push((await auth.api.createApiKey({ body: { userId: user.id, name: `Key ${made}` } })).key);
      }
      return keys;
    },
    end: () => sql.end({ timeout: 5 }),
  };
}

interface Result {
  command: "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "MERGE";
  rowCount: number;
  rows: never[];
}

/** What its database layer takes for a pool of connections, over the driver that Latchkey uses. */
function poolOf(sql: postgres.Sql) {
  return {
    async connect() {
      const connection = await sql.reserve();
      return {
        async query(text: string, parameters: readonly unknown[] = []): Promise<Result> {
          const rows = await connection.unsafe(text, [...parameters] as never[], { prepare: true });
          return { command: rows.command as Result["command"], rowCount: rows.count, rows: [...rows] as never[] };
        },
        release: () => connection.release(),
      };
    },
    end: () => sql.end({ timeout: 5 }),
  };
}
