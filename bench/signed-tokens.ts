import { generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { TokenRecord } from "@/lib/authority/token-record";
import { PlainToken } from "@/lib/tokens/token-secret";

/** Access tokens of these clients, and what a database would answer to who checks them; `now` as in the records. */
export async function signedTokens(clients: readonly TokenRecord[], issuer: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const sign = async ({ id, organization_id, now }: TokenRecord) => {
    const iat = Math.floor(now / 1000);
    const claims = { iss: issuer, aud: issuer, sub: id, client_id: id, scope: "tokens:read", jti: randomUUID() };
    const jwt = new SignJWT({ ...claims, iat, exp: iat + 3600, org: organization_id, secret_generation: 0 });
    return new PlainToken(await jwt.setProtectedHeader({ alg: "ES256", kid: "bench", typ: "at+jwt" }).sign(privateKey));
  };
  const key = { id: "bench", public_key: publicKey.export({ format: "jwk" }), believed_for: 1e12 };
  const now = clients[0]?.now ?? 0;
  return {
    tokens: await Promise.all(clients.map(sign)),
    /** Null where something else was asked. */
    answer: (statement: string, ids: readonly string[] = []): object[] | null => {
      if (statement.includes("from signing_keys")) return [key];
      return statement.includes("revoked_access_tokens") ? ids.map((id) => ({ id, revoked: false, now })) : null;
    },
  };
}
