import { cookies } from "next/headers";
import { env } from "@/lib/env";

/** Whether browsers reach this instance over TLS, directly or through a proxy. */
export const isSecure = () => env().PUBLIC_URL.startsWith("https:");

/** The `__Host-` prefix makes a browser refuse the cookie from a subdomain, another path or plain HTTP (RFC 6265bis). */
export const cookieName = (name: string) => (isSecure() ? `__Host-latchkey.${name}` : `latchkey.${name}`);

export const SESSION_COOKIE = "session";

/** Readable by no script, sent to no other site, and not with another site's form. */
export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() });

/** The session token that this request carries. */
export async function requestSessionToken(): Promise<string | undefined> {
  return (await cookies()).get(cookieName(SESSION_COOKIE))?.value;
}
