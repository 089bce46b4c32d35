import { redactCredentials } from "@/lib/log";
import { holdsToken } from "@/lib/tokens/token-secret";
import { withoutControls } from "./plain-agent";

const METHOD = /^[A-Za-z-]{1,20}$/;
const PATH_LENGTH = 300;
const HIDDEN = "(held a secret)";

/** The method of a request as it is kept; a proxy may have told anything. */
export const methodOf = (method: string | undefined): string =>
  method && METHOD.test(method) ? method.toUpperCase() : "?";

/**
 * The path of an address, whole or from its path on, as it is kept: without query, fragment, name and password, and not at
 * all where it holds a secret.
 */
export function pathOf(address: string | undefined): string {
  if (!address) return "";
  const path = address.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, "").replace(/[?#].*$/s, "");
  return hideTokens(withoutControls(path.slice(0, PATH_LENGTH))) || "/";
}

/** The text itself, unless a token stands in it, as such, in an address's own writing, or cut short. */
export function hideTokens(text: string): string {
  const plain = decoded(text);
  return holdsToken(text) || holdsToken(plain) || redactCredentials(plain) !== plain ? HIDDEN : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
