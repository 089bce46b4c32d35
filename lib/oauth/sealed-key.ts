import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import type { Pepper } from "@/lib/tokens/token-secret";

const NONCE = 12;
const TAG = 16;

/** A key of its own for this one use, so that nothing sealed here says anything of a token's hash. */
const sealingKey = ({ key }: Pepper) => Buffer.from(hkdfSync("sha256", key, "", "latchkey signing key v1", 32));

/** The private half of a signing key as the database keeps it: AES-256-GCM, bound to the key's id. */
export function sealKey(privateKey: KeyObject, kid: string, pepper: Pepper): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(pepper), nonce).setAAD(Buffer.from(kid));
  const plain = privateKey.export({ format: "der", type: "pkcs8" });
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where it was sealed under another pepper, for another key, or changed since. */
export function openKey(sealed: Buffer, kid: string, pepper: Pepper): KeyObject {
  const nonce = sealed.subarray(0, NONCE);
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(pepper), nonce, { authTagLength: TAG })
    .setAAD(Buffer.from(kid))
    .setAuthTag(sealed.subarray(-TAG));
  const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
  return createPrivateKey({ key: plain, format: "der", type: "pkcs8" });
}
