import { TOKEN_PLACES } from "@/lib/tokens/token-places";

/** Where a person lands who was on the way to nowhere in particular. */
export const HOME = TOKEN_PLACES.console.list;

/** Set by `proxy.ts` on every page request: the path and query being asked for. */
export const PATH_HEADER = "x-latchkey-path";

// Reserved: never the destination of a person, and the first two would send them round in a circle.
const NOWHERE = /^\/(?:sign-in|setup|api|_next|healthz|readyz|verify)(?:[/?#]|$)/i;
// Control characters and space end or split a header; a backslash is a slash to a browser.
const UNSAFE = /[\p{Cc}\s\\]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const HERE = "http://here.invalid";

/**
 * Where to go after signing in: a path of this very site, or HOME. `value` is what a link said, so it may be anything. A
 * path counts where no reading of it, as it stands or percent-decoded, leaves the site or loops.
 */
export function safeReturnTo(value: unknown): string {
  if (typeof value !== "string" || value.length > 2048 || UNSAFE.test(value) || LONE_SURROGATE.test(value)) return HOME;
  let reading = value;
  // Decoded again and again, since a server or proxy on the way may decode too.
  for (let round = 0; round < 4; round += 1) {
    if (!staysHere(reading)) return HOME;
    const decoded = decodePath(reading);
    if (decoded === null) return HOME;
    if (decoded === reading) {
      const url = new URL(value, HERE);
      return url.pathname + url.search + url.hash;
    }
    reading = decoded;
  }
  return HOME;
}

function staysHere(path: string): boolean {
  if (!path.startsWith("/") || path.startsWith("//") || UNSAFE.test(pathPart(path))) return false;
  if (!URL.canParse(path, HERE)) return false;
  const { origin, pathname } = new URL(path, HERE);
  return origin === HERE && !pathname.startsWith("//") && !NOWHERE.test(pathname);
}

/** Query and fragment may hold encoded spaces and slashes; only the path decides where one goes. */
const pathPart = (text: string) => text.split(/[?#]/, 1)[0] ?? "";

function decodePath(text: string): string | null {
  try {
    return decodeURIComponent(pathPart(text));
  } catch {
    return null;
  }
}
