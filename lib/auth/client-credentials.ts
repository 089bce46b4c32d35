import { OAuthError } from "@/lib/http/oauth-error";
import { PlainToken } from "@/lib/tokens/token-secret";

export interface ClientCredentials {
  clientId: string;
  secret: PlainToken;
}

const MAX_HEADER_LENGTH = 1024;
const BASIC = /^\s*basic\s+([A-Za-z0-9+/]+={0,2})\s*$/i;

const unproven = () =>
  new OAuthError("invalid_client", "Send the client ID and the client secret, as Basic or in the form.");

/**
 * The client ID and secret of a request (RFC 6749, 2.3.1): as `Basic`, whose halves are form-encoded, or as `client_id` and
 * `client_secret` in the form. Several Authorization headers are given joined by a comma. Throws `OAuthError`: 401 where
 * there are none or half of them, 400 where there are two.
 */
export function readClientCredentials(
  authorization: string | null,
  form: Pick<ReadonlyMap<string, string>, "get">,
): ClientCredentials {
  const [clientId, secret] = [form.get("client_id"), form.get("client_secret")];
  if (authorization === null) {
    if (!clientId || !secret) throw unproven();
    return { clientId, secret: new PlainToken(secret) };
  }
  const basic = readBasic(authorization);
  if (secret !== undefined)
    throw new OAuthError("invalid_request", "Send the client secret once: as Basic or in the form.");
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw new OAuthError("invalid_request", "The client ID in the form is not the one of the Authorization header.");
  }
  return basic;
}

function readBasic(authorization: string): ClientCredentials {
  if (authorization.length > MAX_HEADER_LENGTH) throw unproven();
  if (authorization.includes(",")) throw new OAuthError("invalid_request", "Send one Authorization header.");
  const text = Buffer.from(BASIC.exec(authorization)?.[1] ?? "", "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) throw unproven();
  const [clientId, secret] = [text.slice(0, colon), text.slice(colon + 1)].map(formDecoded);
  if (!clientId || !secret) throw unproven();
  return { clientId, secret: new PlainToken(secret) };
}

/** As a form writes it: a space is a plus. Null where it is none. */
function formDecoded(half: string): string | null {
  try {
    return decodeURIComponent(half.replaceAll("+", " "));
  } catch {
    return null;
  }
}
