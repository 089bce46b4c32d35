import { z } from "zod";
import type { RefusedCode } from "./refused-code";

const names = z.array(z.string()).catch([]);
const roleFacts = z.object({ id: z.string(), name: z.string(), lacks: names }).nullable().catch(null).default(null);

/** What the checks compared, as far as the one that refused told it. Read from what is stored, which may be of another time. */
export const refusalFacts = z.object({
  /** Permissions that the call needed, all of them. */
  needed: names.default([]),
  /** Those of them that its token did not have; and which of the two roles lacked them. */
  missing: names.default([]),
  /** Where an access token was sent: what it was made for, and when, in milliseconds since 1970; null where that is not told. */
  access: z
    .object({
      scope: z.array(z.string()).nullable().catch(null).default(null),
      issuedAt: z.number().nullable().catch(null).default(null),
    })
    .nullable()
    .catch(null)
    .default(null),
  role: roleFacts,
  issuerRole: roleFacts,
  /** Where it came from, and the networks of then. */
  address: z.string().nullable().catch(null).default(null),
  policy: names.default([]),
  token: names.default([]),
  /** Whose limit it was, in calls a minute. */
  of: z.enum(["token", "organization"]).catch("token").default("token"),
  limit: z.number().nullable().catch(null).default(null),
  /** Fields of the input that were not taken. */
  fields: names.default([]),
  /** Further calls of the same minute, of which nothing else is kept. */
  skipped: z.number().catch(0).default(0),
});
export type RefusalFacts = z.output<typeof refusalFacts>;

/** The operation of the API that a call asked for. */
export interface RefusedOperation {
  title: string;
  /** Its place in the reference. */
  href: string;
  /** The kind of thing that its path names by an id, and that id; null where it names none. */
  named: { collection: string; id: string } | null;
}

/** A refused call as it is kept, for whoever may see its token. */
export interface RefusedCall {
  id: string;
  requestId: string;
  at: Date;
  server: "app" | "gate";
  method: string;
  path: string;
  /** Null where the API has no such endpoint, and for what other servers answer behind the gate. */
  operation: RefusedOperation | null;
  status: number;
  code: RefusedCode;
  facts: RefusalFacts;
  ip: string | null;
  agent: string | null;
  /** Null where it is the reader's own API login that was refused. */
  token: { id: string; name: string } | null;
}

/** What bears on the same call now. */
export interface StandingNow {
  status: "active" | "expired" | "deleted";
  stopped: "issuer_deactivated" | "tokens_disabled" | null;
  permissions: readonly string[];
  policyNetworks: readonly string[];
  tokenNetworks: readonly string[];
  callsPerToken: number | null;
  callsPerOrganization: number | null;
  tokensMayMint: boolean;
}
