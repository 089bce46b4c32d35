import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Db } from "@/db/client";
import { env } from "@/lib/env";
import { ACCESS_TOKEN_TYPE } from "@/lib/oauth/access-token-claims";
import { apiAudience } from "@/lib/oauth/audiences";
import { currentSigningKey } from "@/lib/oauth/signing-keys";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import type { MadeToken, World } from "./world";

export interface Forged {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Seconds from now, by the database's clock. */
  issued?: number;
  expires?: number;
}

/** An access token of a client, signed by the database's own key, with whatever a test wants otherwise about it. */
export async function signedFor(
  db: Db,
  { organizationId }: Pick<World, "organizationId">,
  { id }: Pick<MadeToken, "id">,
  { claims, header, issued = 0, expires = 3600 }: Forged = {},
): Promise<string> {
  const { kid, privateKey, now } = await currentSigningKey(db, mintingKeys().peppers);
  const second = Math.floor(now.getTime() / 1000);
  const all = {
    iss: env().PUBLIC_URL,
    aud: apiAudience(),
    sub: id,
    client_id: id,
    scope: "tokens:read roles:read",
    jti: randomUUID(),
    iat: second + issued,
    exp: second + expires,
    org: organizationId,
    secret_generation: 0,
    ...claims,
  };
  return new SignJWT(all).setProtectedHeader({ alg: "ES256", kid, typ: ACCESS_TOKEN_TYPE, ...header }).sign(privateKey);
}

/** Three parts as a JWT has them, with this signature or none. */
export function assembled(header: object, claims: object, sign: (text: string) => string = () => ""): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign(text)}`;
}
