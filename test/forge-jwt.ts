import { createHmac, type KeyObject, sign } from "node:crypto";

/** Base64url without padding, of a text as it is or of an object's JSON. */
const part = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** What signs the first two parts. */
export type Signature = (input: string) => Buffer;

export const es256 =
  (key: KeyObject): Signature =>
  (input) =>
    sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });

export const rs256 =
  (key: KeyObject): Signature =>
  (input) =>
    sign("sha256", Buffer.from(input), key);

export const hs256 =
  (secret: string | Buffer): Signature =>
  (input) =>
    createHmac("sha256", secret).update(input).digest();

export const bytes =
  (signature: Buffer): Signature =>
  () =>
    signature;

/** A JWT of any header, claims and signature, whether or not they go together. Texts stand as they are, for JSON that is none. */
export function forgeJwt(header: object | string, claims: object | string, signature: Signature): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(input).toString("base64url")}`;
}
