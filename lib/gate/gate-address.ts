import { PERMISSION_NAME, type Permission } from "@/lib/access/permission";

/** What an address of the gate asks for. */
export type GateTarget =
  | {
      readonly kind: "verify";
      /** All that the token must be allowed. */
      readonly permissions: readonly Permission[];
      /** The address that the client asked the proxy for, where the proxy puts it here; null where it does not. */
      readonly original: string | null;
    }
  | { readonly kind: "introspect" | "healthz" | "readyz" | "unknown" }
  /** `/verify`, asked in a way that nobody can have meant: `mistake` says which. */
  | { readonly kind: "misconfigured"; readonly mistake: string };

/** For whoever means every working token: `original` must not stand alone. */
const ANY = "any";

/** Takes the rest of the address as it stands, so that nothing in it can pass for a parameter of the proxy's. */
const ORIGINAL = /[?&]original=/;

const UNKNOWN: GateTarget = { kind: "unknown" };
const PLAIN: Readonly<Record<string, GateTarget>> = {
  "/introspect": { kind: "introspect" },
  "/healthz": { kind: "healthz" },
  "/readyz": { kind: "readyz" },
};

/**
 * Reads a request's address: `/verify?permission=orders:read&permission=…`, at last `original=` with the client's own address
 * for proxies that can tell it only there. A parameter that is not known is a mistake and no request without conditions: a
 * misspelt `permission` would let everybody in. So is `original` without a permission before it: behind it, one is text.
 */
export function readGateAddress(url: string): GateTarget {
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  if (path !== "/verify") return Object.hasOwn(PLAIN, path) ? (PLAIN[path] ?? UNKNOWN) : UNKNOWN;
  const at = ORIGINAL.exec(url);
  const own = mark === -1 ? "" : url.slice(mark + 1, at ? Math.max(at.index, mark + 1) : undefined);
  const permissions: Permission[] = [];
  let any = false;
  for (const [name, value] of new URLSearchParams(own)) {
    if (name !== "permission") {
      return {
        kind: "misconfigured",
        mistake: "Only permission and, as the last one, original are parameters of /verify.",
      };
    }
    if (value === ANY) {
      any = true;
      continue;
    }
    if (!PERMISSION_NAME.test(value)) {
      return {
        kind: "misconfigured",
        mistake: "A permission is two lower-case words with a colon between: orders:read.",
      };
    }
    permissions.push(value);
  }
  if (any && permissions.length > 0) {
    return { kind: "misconfigured", mistake: "permission=any goes with no other permission." };
  }
  if (at && !any && permissions.length === 0) {
    return {
      kind: "misconfigured",
      mistake: "Before original stands what the token must be allowed: permission=orders:read, or permission=any.",
    };
  }
  return { kind: "verify", permissions, original: at ? url.slice(at.index + at[0].length) : null };
}
