import { crc32 } from "node:zlib";

/** The id of one token with the secret of another, well-formed: only a look at the row tells that it is nobody's. */
export const forgeToken = (real: string, other: string) =>
  withChecksum([...real.split("_").slice(0, 3), other.split("_")[3]?.slice(0, 43)].join("_"));

/** `body` with its checksum, so that it is well-formed. */
export function withChecksum(body: string): string {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const digits = Array.from({ length: 6 }, (_, place) => alphabet[Math.floor(crc32(body) / 62 ** (5 - place)) % 62]);
  return body + digits.join("");
}
