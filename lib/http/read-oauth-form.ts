import { FORM_TYPE, MAX_FORM } from "./form-type";
import { OAuthError } from "./oauth-error";
import { Problem } from "./problem";
import { readText } from "./read-input";

/**
 * The parameters of a request to an OAuth endpoint, from its body alone: none may stand in the address, or twice, and one
 * without a value is left out (RFC 6749, 3.2). Throws `OAuthError` 400, and `Problem` 413.
 */
export async function readOAuthForm(request: Request): Promise<ReadonlyMap<string, string>> {
  if (request.url.includes("?")) {
    throw new OAuthError("invalid_request", "Send parameters in the body: an address ends in logs.", {
      problem: "token_in_query",
    });
  }
  if (!FORM_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new OAuthError("invalid_request", "Send a form: application/x-www-form-urlencoded in UTF-8.");
  }
  const form = new Map<string, string>();
  const names = new Set<string>();
  const text = await readText(request, MAX_FORM).catch((error: unknown) => {
    const isNotText = error instanceof Problem && error.code === "invalid_json";
    throw isNotText ? new OAuthError("invalid_request", "Send the form in UTF-8.") : error;
  });
  for (const [name, value] of new URLSearchParams(text)) {
    if (names.has(name)) throw new OAuthError("invalid_request", "Send each parameter once.");
    names.add(name);
    if (value !== "") form.set(name, value);
  }
  return form;
}
