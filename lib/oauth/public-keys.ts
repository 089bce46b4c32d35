import { z } from "zod";
import type { Db } from "@/db/client";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { believedKeys, currentSigningKey } from "./signing-keys";

const publicKey = z.object({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  use: z.literal("sig"),
  alg: z.literal("ES256"),
});

/** A JWK Set (RFC 7517, 5). */
export const keySetAnswer = z.object({ keys: z.array(publicKey) }).meta({ id: "KeySet" });

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
