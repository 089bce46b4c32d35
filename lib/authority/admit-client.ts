import { andThen, type Soon } from "@/lib/at-once";
import { type PlainToken, parseToken } from "@/lib/tokens/token-secret";
import { type Admission, type AdmitParts, type Call, createAdmit } from "./admit";
import type { Verification } from "./outcome";

/** A client that shows who it is by both halves of its credentials. */
export interface ClientCall extends Omit<Call, "credential" | "permissions"> {
  clientId: string;
  secret: PlainToken;
}

export type AdmitClient = (call: ClientCall) => Soon<Admission>;

const UNKNOWN: Verification = { outcome: "unknown" };

/**
 * The same check for a client secret at the endpoints that take one: networks, limits, the first use of a waiting secret and
 * the count of use hold there as a token's do in the API. Any other kind of token is no client's secret, and no other id its
 * client.
 */
export function createAdmitClient(parts: AdmitParts): AdmitClient {
  const { verify } = parts;
  const admit = createAdmit({ ...parts, verify: (credential, ip) => andThen(verify(credential, ip), asClient) });
  return ({ clientId, secret, ...call }) => {
    const parsed = parseToken(secret.reveal());
    const isItsOwn = parsed?.kind === "cls" && parsed.id === clientId;
    if (isItsOwn) return admit({ ...call, credential: secret, permissions: [] });
    return { ok: false, code: "invalid_token", token: null, allowances: [], retryAfter: null };
  };
}

function asClient(verification: Verification): Verification {
  if (verification.outcome === "client_secret") return verification.client;
  return verification.outcome === "allowed" ? UNKNOWN : verification;
}
