import { z } from "zod";
import type { Db } from "@/db/client";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { believedKeys, currentSigningKey } from "./signing-keys";

const publicKey = z.object({
  kty: z.literal("EC").describe("A key on an elliptic curve."),
  crv: z.literal("P-256").describe("Which curve."),
  x: z.string().describe("One coordinate of its point, in Base64url."),
  y: z.string().describe("The other coordinate."),
  kid: z.string().describe("What the header of an access token names it by: its thumbprint (RFC 7638)."),
  use: z.literal("sig").describe("For signatures alone."),
  alg: z.literal("ES256").describe("The one algorithm that it is used with."),
});

/** A JWK Set (RFC 7517, 5). */
export const keySetAnswer = z
  .object({ keys: z.array(publicKey).describe("All whose signatures are believed, and the one that signs next.") })
  .meta({ id: "KeySet" });

export type KeySet = z.output<typeof keySetAnswer>;

/** The public halves of all keys whose signatures are believed, and of the one that signs next. There is always one. */
export async function publicKeys({ db }: { db: Db }): Promise<KeySet> {
  await currentSigningKey(db, mintingKeys().peppers);
  const { keys } = await believedKeys(db);
  return {
    keys: keys.map(({ id, publicKey: { x = "", y = "" } }) => ({
      ...{ kty: "EC", crv: "P-256", x, y },
      ...{ kid: id, use: "sig", alg: "ES256" },
    })),
  };
}
