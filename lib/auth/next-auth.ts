import "server-only";
import { headers } from "next/headers";
import NextAuth, { AuthError, CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { authSecret, env } from "@/lib/env";
import { errorFacts, log } from "@/lib/log";
import type { Refusal } from "@/lib/refusal";
import { openSession } from "./open-session";
import { requestContext } from "./request-context";
import { safeReturnTo } from "./safe-return-to";
import { sessionAdapter } from "./session-adapter";
import { cookieName, cookieOptions, isSecure, requestSessionToken, SESSION_COOKIE } from "./session-cookie";
import { SESSION_LONGEST } from "./session-life";
import { signInInput } from "./sign-in-input";
import { verifySignIn } from "./verify-sign-in";

/** How a refusal travels through Auth.js, which knows exceptions only. */
export class SignInRefused extends CredentialsSignin {
  constructor(readonly refusal: Refusal) {
    super();
    this.code = refusal.code;
  }
}

/** What a visitor can bring about at will, and so is not worth a line in the log. */
const VISITORS_OWN = new Set([
  "CredentialsSignin",
  "InvalidCallbackUrl",
  "InvalidProvider",
  "MissingCSRF",
  "UnknownAction",
]);

async function authorize(credentials: Partial<Record<string, unknown>>) {
  const input = signInInput.safeParse(credentials);
  if (!input.success) throw new SignInRefused({ code: "sign_in_failed" });
  const outcome = await verifySignIn(input.data, await requestContext());
  if (!outcome.ok) throw new SignInRefused(outcome.refusal);
  return { id: outcome.value.userId };
}

/**
 * Auth.js makes no session for a password where sessions live in the database, so its token encoder opens ours and returns
 * the session token as the cookie's value. `strategy` stays unset: with an adapter it is `database`, and the library
 * refuses to start where that is spelled out beside credentials alone.
 */
const config = (): NextAuthConfig => {
  const cookie = (name: string) => ({ name: cookieName(name), options: cookieOptions() });
  return {
    secret: authSecret(),
    trustHost: true,
    basePath: "/api/auth",
    useSecureCookies: isSecure(),
    cookies: { sessionToken: cookie(SESSION_COOKIE), callbackUrl: cookie("return-to"), csrfToken: cookie("csrf") },
    pages: { signIn: "/sign-in", signOut: "/profile", error: "/sign-in" },
    adapter: sessionAdapter,
    session: { maxAge: SESSION_LONGEST / 1000 },
    providers: [Credentials({ id: "password", credentials: { email: {}, password: {} }, authorize })],
    jwt: {
      async encode({ token }) {
        if (!token?.sub) throw new Error("a sign-in without a user");
        const replaces = await requestSessionToken();
        const agent = (await headers()).get("user-agent");
        return (await openSession({ userId: token.sub, agent, replaces }, await requestContext())).token;
      },
    },
    callbacks: {
      // Spelled out, so that no column of the user's row ever comes along.
      session: ({ session, user }) => ({ user: { name: user.name, email: user.email }, expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        new URL(safeReturnTo(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url), baseUrl).href,
    },
    logger: {
      error: (error) => {
        const type = error instanceof AuthError ? error.type : error.name;
        if (!VISITORS_OWN.has(type)) log().error({ type, error: errorFacts(error) }, "sign-in failed");
      },
      warn: (code) => log().warn({ code }, "sign-in warning"),
      debug: () => {},
    },
  };
};

export const nextAuth = NextAuth(() => {
  // The library reads its own address from the environment and nowhere else.
  // biome-ignore lint/plugin: written, not read; the value is the parsed PUBLIC_URL
  process.env.AUTH_URL = env().PUBLIC_URL;
  return config();
});
