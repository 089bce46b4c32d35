import { INVALID_REQUEST_CHALLENGE, NO_CREDENTIAL_CHALLENGE } from "@/lib/http/admission-headers";
import { Problem } from "@/lib/http/problem";
import { readBytes } from "@/lib/http/read-input";
import { ACCESS_TOKEN_LENGTH } from "@/lib/oauth/access-token-claims";
import { holdsOwnToken, PlainToken } from "@/lib/tokens/token-secret";

/** Parameters that are only ever a credential. A token under any other name is told by its form. */
const CREDENTIAL_PARAMETERS = new Set(["access_token", "api_key", "apikey", "auth_token", "bearer", "token"]);

/** Two headers of one name reach us joined by a comma. */
const PARTING = /[\s,]/;

/** Room for a scheme, some spaces and an access token. What is longer holds no valid token, and is not even looked into. */
const MAX_HEADER_LENGTH = ACCESS_TOKEN_LENGTH + 100;

/** RFC 6750, 3.1: what is no proper request is told so in the challenge too. */
const INVALID_REQUEST = { headers: { "WWW-Authenticate": INVALID_REQUEST_CHALLENGE } };

/**
 * The one credential of a request: `Bearer` (RFC 6750) or `APIKey`, in any case, in the Authorization header. Throws
 * `Problem`: 401 where there is none, 400 where there is another, or one in the address (RFC 9700, 4.3.2).
 */
export function readCredential(request: Pick<Request, "url" | "headers">): PlainToken {
  refuseInAddress(request.url);
  return requireCredential(request.headers.get("authorization"));
}

/**
 * The credential of an Authorization header; several such headers are given joined by a comma. Throws `Problem`: 401 where
 * there is none, 400 where there is more than one.
 */
export function requireCredential(header: string | null): PlainToken {
  const credential = credentialIn(header);
  if (credential) return credential;
  throw new Problem("missing_token", { headers: { "WWW-Authenticate": NO_CREDENTIAL_CHALLENGE } });
}

function credentialIn(header: string | null): PlainToken | null {
  if (header === null) return null;
  // Offered, and no token: the caller refuses it as it does any other.
  if (header.length > MAX_HEADER_LENGTH) return new PlainToken("");
  // As nearly everybody writes it.
  if (header.startsWith("Bearer ") && !PARTING.test(header.slice(7))) return new PlainToken(header.slice(7));
  const [, scheme = "", rest = ""] = /^\s*([A-Za-z][\w-]*)\s*(.*)$/s.exec(header.trimEnd()) ?? [];
  if (PARTING.test(rest)) throw new Problem("two_credentials", INVALID_REQUEST);
  return /^(?:bearer|apikey)$/i.test(scheme) ? new PlainToken(rest) : null;
}

/**
 * Throws `Problem` 400 where the query of an address, whole or from its path on, holds a credential of ours. A JWT of somebody
 * else's is no concern of the gate: guarded APIs have them in `state` and in signed links.
 */
export function refuseInAddress(address: string): void {
  const mark = address.indexOf("?");
  if (mark === -1) return;
  for (const [name, value] of new URLSearchParams(address.slice(mark + 1))) {
    const isCredential = CREDENTIAL_PARAMETERS.has(name.toLowerCase());
    if (isCredential || holdsOwnToken(name) || holdsOwnToken(value))
      throw new Problem("token_in_query", INVALID_REQUEST);
  }
}

/**
 * The problem of a body that is a form: that nobody takes one, or that an access token stands in it (RFC 6750, 2.2), which
 * is a second one beside that of the header. Whatever else was thrown stays.
 */
export async function orSecondCredential(request: Request, thrown: unknown): Promise<unknown> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "");
  if (!isForm || !(thrown instanceof Problem) || thrown.code !== "unsupported_media_type") return thrown;
  const form = new URLSearchParams(Buffer.from(await readBytes(request)).toString("latin1"));
  return form.has("access_token") ? new Problem("two_credentials", INVALID_REQUEST) : thrown;
}
