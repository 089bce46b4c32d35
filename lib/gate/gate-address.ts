import { PERMISSION_NAME, type Permission } from "@/lib/access/permission";

/** What an address of the gate asks for. */
export type GateTarget =
  | {
      readonly kind: "verify";
      /** All that the token must be allowed. */
      readonly permissions: readonly Permission[];
      /** Whom an access token must be for, one of them; null where that is not asked. */
      readonly audiences: readonly string[] | null;
      /** The address that the client asked the proxy for, where the proxy puts it here; null where it does not. */
      readonly original: string | null;
    }
  | { readonly kind: "introspect" | "healthz" | "readyz" | "unknown" }
  /** `/verify`, asked in a way that nobody can have meant: `mistake` says which. */
  | { readonly kind: "misconfigured"; readonly mistake: string };

/** For whoever means every working token: `original` must not stand alone. */
const ANY = "any";

/** Of each, far beyond what one request can need: what is refused is kept with what was asked. */
const MOST = 50;

/** Takes the rest of the address as it stands, so that nothing in it can pass for a parameter of the proxy's. */
const ORIGINAL = /[?&]original=/;

const UNKNOWN: GateTarget = { kind: "unknown" };
const PLAIN: Readonly<Record<string, GateTarget>> = {
  "/introspect": { kind: "introspect" },
  "/healthz": { kind: "healthz" },
  "/readyz": { kind: "readyz" },
};

const misconfigured = (mistake: string): GateTarget => ({ kind: "misconfigured", mistake });

/**
 * Reads a request's address: `/verify?permission=orders:read&permission=…&audience=https://orders.example.com`, at last
 * `original=` with the client's own address for proxies that can tell it only there. A parameter that is not known is a mistake and no request without conditions: a
 * misspelt `permission` would let everybody in. So is `original` without a permission before it: behind it, one is text.
 */
export function readGateAddress(url: string): GateTarget {
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  if (path !== "/verify") return Object.hasOwn(PLAIN, path) ? (PLAIN[path] ?? UNKNOWN) : UNKNOWN;
  const at = ORIGINAL.exec(url);
  const own = mark === -1 ? "" : url.slice(mark + 1, at ? Math.max(at.index, mark + 1) : undefined);
  const asked = new URLSearchParams(own);
  for (const name of asked.keys()) {
    if (name === "permission" || name === "audience") continue;
    return misconfigured("Only permission, audience and, as the last one, original are parameters of /verify.");
  }
  const named = asked.getAll("permission");
  const permissions = named.filter((name) => name !== ANY);
  const audiences = asked.getAll("audience");
  if (!permissions.every((name) => PERMISSION_NAME.test(name))) {
    return misconfigured("A permission is two lower-case words with a colon between: orders:read.");
  }
  if (!audiences.every(isAudience)) {
    return misconfigured("An audience is an absolute address, as ACCESS_TOKEN_AUDIENCES names it.");
  }
  if (permissions.length > MOST || audiences.length > MOST) {
    return misconfigured(`No request needs more than ${MOST} permissions, or has more than ${MOST} audiences.`);
  }
  if (named.length > permissions.length && permissions.length > 0) {
    return misconfigured("permission=any goes with no other permission.");
  }
  if (at && named.length === 0) {
    return misconfigured(
      "Before original stands what the token must be allowed: permission=orders:read, or permission=any.",
    );
  }
  return {
    kind: "verify",
    permissions,
    audiences: audiences.length === 0 ? null : audiences,
    original: at ? url.slice(at.index + at[0].length) : null,
  };
}

const isAudience = (text: string) => /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text) && URL.canParse(text);
