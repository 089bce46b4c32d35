import type { AccessTokenRules } from "@/lib/authority/outcome";
import { env } from "@/lib/env";

/** The audience of this API: what an access token is for where nothing else was asked. */
export const apiAudience = () => `${env().PUBLIC_URL}/api/v1`;

/** Whom an access token may be made for: this API, and the APIs behind the gate that the setting names. */
export const knownAudiences = (): readonly string[] => [apiAudience(), ...env().ACCESS_TOKEN_AUDIENCES];

/** Which access tokens a server believes, and lets in: the gate stands before other APIs, too. */
export const accessTokenRules = (server: "app" | "gate" = "app"): AccessTokenRules => ({
  issuer: env().PUBLIC_URL,
  audiences: server === "gate" ? knownAudiences() : [apiAudience()],
});
