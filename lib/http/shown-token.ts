import { shownTokenInput } from "@/lib/oauth/shown-token-input";
import { PlainToken } from "@/lib/tokens/token-secret";
import { OAuthError } from "./oauth-error";

/** The token of a form. Throws `OAuthError` where there is none. */
export function shownToken(form: ReadonlyMap<string, string>): PlainToken {
  const shown = shownTokenInput.safeParse(Object.fromEntries(form));
  if (!shown.success) throw new OAuthError("invalid_request", "Send the token in question in the form, as token.");
  return new PlainToken(shown.data.token);
}
