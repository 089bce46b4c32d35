import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import { inspect } from "node:util";
import { crc32 } from "node:zlib";

/** `pat` personal, `svc` service account, `cls` client secret, `tmp` short-lived. */
export const TOKEN_KINDS = ["pat", "svc", "cls", "tmp"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 12;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;

/** A whole token in the clear. Printing, logging or serialising it shows `[secret]`; only `reveal` gives the characters. */
export class PlainToken {
  readonly #characters: string;

  constructor(characters: string) {
    this.#characters = characters;
  }

  reveal(): string {
    return this.#characters;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

declare const hashed: unique symbol;
/** What the database keeps of a token. A type of its own, so that neither can stand in for the other. */
export type HashedToken = Buffer & { readonly [hashed]: true };

/** A key outside the database that token hashes depend on (NIST SP 800-63B calls it a secret salt). */
export interface Pepper {
  id: string;
  key: KeyObject;
}

/** `length` characters of base62, each equally likely: bytes past the last multiple of 62 are thrown away. */
function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

/** CRC-32 (ISO 3309) of `text` in six base62 characters. Tells a typing error from a token; it is not security. */
function checksum(text: string): string {
  let rest = crc32(text);
  let out = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    out = ALPHABET[rest % 62] + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}

/** The digit that each character code stands for; NaN where it is none. */
const DIGITS = new Float64Array(128).fill(Number.NaN);
for (const [digit, character] of [...ALPHABET].entries()) DIGITS[character.charCodeAt(0)] = digit;

function isBase62(text: string, from: number, length: number): boolean {
  for (let at = from; at < from + length; at++) if (!((DIGITS[text.charCodeAt(at)] ?? Number.NaN) >= 0)) return false;
  return true;
}

/** The number that `checksum` wrote at `place`; NaN where something else stands there. */
function checksumAt(text: string, place: number): number {
  let number = 0;
  for (let at = place; at < place + CHECKSUM_LENGTH; at++) {
    number = number * 62 + (DIGITS[text.charCodeAt(at)] ?? Number.NaN);
  }
  return number;
}

/**
 * Makes a new token, or a new secret for the one of this id: `<prefix>_<kind>_<id 12>_<secret 43><crc 6>`, the secret of
 * 256 random bits.
 */
export function mintToken(
  prefix: string,
  kind: TokenKind,
  id = randomBase62(ID_LENGTH),
): { id: string; lastFour: string; plain: PlainToken } {
  const body = `${prefix}_${kind}_${id}_${randomBase62(SECRET_LENGTH)}`;
  const whole = body + checksum(body);
  return { id, lastFour: whole.slice(-4), plain: new PlainToken(whole) };
}

/** What stands before the id. The longer rest is read in loops, which take a third of the time of an expression. */
const HEAD = /^[a-z][a-z0-9]{1,7}_(?:pat|svc|cls|tmp)_$/;
const REST_LENGTH = ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;
/** Of an eight-letter prefix. Longer input is not even matched. */
const LONGEST_HEAD = 8 + 1 + 3 + 1;

/**
 * Reads shape and checksum; null where either is wrong. No I/O, so a mistyped token costs no query. Any prefix will do, so
 * that tokens outlive a change of it: the checksum and the hash cover it.
 */
export function parseToken(text: string): { kind: TokenKind; id: string } | null {
  const id = text.length - REST_LENGTH;
  if (id > LONGEST_HEAD || !HEAD.test(text.slice(0, Math.max(0, id)))) return null;
  const secret = id + ID_LENGTH + 1;
  if (text[secret - 1] !== "_" || !isBase62(text, id, ID_LENGTH) || !isBase62(text, secret, SECRET_LENGTH)) return null;
  if (!hasChecksum(text)) return null;
  return { kind: text.slice(id - 4, id - 1) as TokenKind, id: idIn(text) };
}

/** Whether a text of a token's length ends in the checksum of what stands before. Not yet that it is a token. */
export function hasChecksum(text: string): boolean {
  const id = text.length - REST_LENGTH;
  if (id <= 0 || id > LONGEST_HEAD) return false;
  const split = text.length - CHECKSUM_LENGTH;
  return crc32(text.slice(0, split)) === checksumAt(text, split);
}

/** What stands where a token of this length has its id. */
export const idIn = (text: string): string => text.slice(text.length - REST_LENGTH, ID_LENGTH - REST_LENGTH);

const SHAPE_WITHIN = /([a-z0-9]{2,8})_(?:pat|svc|cls|tmp)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/g;

/** A JWT, as access tokens are: a header in JSON and claims, in base64url, and a signature. */
const JWTS_WITHIN = /(?<![\w-])(eyJ[\w-]{8,})\.[\w-]{8,}\./g;

/** Whether a whole token stands anywhere in `text`, also between other letters, or a JWT, whoever signed it. */
export const holdsToken = (text: string): boolean => text.search(JWTS_WITHIN) !== -1 || holdsMinted(text);

/** The same for what could be ours: of JWTs, which others put into links, those that say they are access tokens (RFC 9068, 2.1). */
export const holdsOwnToken = (text: string): boolean =>
  (text.includes("eyJ") && [...text.matchAll(JWTS_WITHIN)].some(([, header = ""]) => isOfAccessToken(header))) ||
  holdsMinted(text);

function isOfAccessToken(header: string): boolean {
  try {
    return /^(?:application\/)?at\+jwt$/i.test(JSON.parse(Buffer.from(header, "base64url").toString()).typ);
  } catch {
    return false;
  }
}

function holdsMinted(text: string): boolean {
  for (const [found, letters = ""] of text.matchAll(SHAPE_WITHIN)) {
    // Only the checksum tells which of the letters before it are its prefix.
    for (let at = 0; at + 2 <= letters.length; at += 1) if (parseToken(found.slice(at))) return true;
  }
  return false;
}

/** `HMAC-SHA-256(pepper, "v1|" + whole token)`. No slow hash: the input is 256 random bits. */
export function hashToken(plain: PlainToken, pepper: Pepper): HashedToken {
  return createHmac("sha256", pepper.key).update("v1|").update(plain.reveal()).digest() as HashedToken;
}

/** Whether two hashes are the same, in constant time where they are of one length. */
export const sameHash = (a: HashedToken, b: HashedToken): boolean => a.length === b.length && timingSafeEqual(a, b);

/** How messages name a token beside its name: as lists show it, a client by its whole id, which is public. */
export const publicIdOf = (token: { prefix: string; kind: TokenKind; id: string }) =>
  token.kind === "cls" ? token.id : maskToken(token);

/** How a token is shown in lists: its public part, cut short. */
export const maskToken = (token: { prefix: string; kind: TokenKind; id: string }) =>
  `${token.prefix}_${token.kind}_${token.id.slice(0, 4)}…`;
