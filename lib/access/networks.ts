import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Blocks that one list holds at most. */
export const MOST_NETWORKS = 50;
/** Longer than any address with its length. */
const MOST_CHARACTERS = 64;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = [address: Address, length: number];

/** An entry as it is kept, or what is wrong with it in a sentence. */
export type ParsedNetwork = { ok: true; network: string } | { ok: false; sentence: string };

const NOTHING = "Give an address or a block, such as 203.0.113.0/24 or 2001:db8::/32.";
const NO_ADDRESS =
  "This is no IP address. Give one such as 203.0.113.7 or 2001:db8::7, or a block such as 203.0.113.0/24.";

const bitsOf = (address: Address) => (address.kind() === "ipv4" ? 32 : 128);
const familyOf = (address: Address) => (address.kind() === "ipv4" ? "IPv4" : "IPv6");

/**
 * A CIDR block (RFC 4632, RFC 4291) or a single address, in the one form in which it is kept: IPv6 as in RFC 5952, a single
 * address without its length, and IPv4 in IPv6 clothes as the IPv4 that it is. A block with bits set behind its length is
 * refused: whether the block or the one address was meant, only its author knows.
 */
export function parseNetwork(text: string): ParsedNetwork {
  if (text.length > MOST_CHARACTERS) return wrong(NO_ADDRESS);
  const [written = "", bits, ...more] = text.trim().split("/");
  if (written === "" || more.length > 0) return wrong(NOTHING);
  const read = readAddress(written);
  if (typeof read === "string") return wrong(read);
  const most = bitsOf(read);
  if (bits?.includes(".")) return wrong("Give how many bits are fixed, such as /24, instead of a mask.");
  if (bits !== undefined && !(/^(?:0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= most)) {
    return wrong(`After the slash stands how many bits of the address are fixed: 0 to ${most}.`);
  }
  const length = bits === undefined ? most : Number(bits);
  const address = masked(read, length);
  if (address.toString() !== read.toString()) {
    const [block, alone] = [kept([address, length]), kept([read, most])];
    return wrong(`This is an address inside a block. Give ${block} for the block, or ${alone} for the address alone.`);
  }
  return { ok: true, network: kept([address, length]) };
}

const wrong = (sentence: string): ParsedNetwork => ({ ok: false, sentence });

function readAddress(text: string): Address | string {
  if (text.includes("%")) return "Leave out the % and what follows: a zone means something on one machine alone.";
  if (/[[\]]/.test(text) || /^\d+(?:\.\d+){3}:/.test(text)) return "Give the address without brackets and port.";
  if (text.includes("-") && !/[g-z]/i.test(text)) return "Give blocks instead of a range, such as 203.0.113.0/24.";
  const quad = /(?:^|:)(\d+(?:\.\d+){3})$/.exec(text)?.[1];
  if (quad && /(?:^|\.)0\d/.test(quad)) return "Leave out leading zeros: some programs read 010 as 10 and others as 8.";
  if (quad && !ipaddr.IPv4.isValidFourPartDecimal(quad)) return "Each of an IPv4 address’s four numbers is 0 to 255.";
  if (quad === text) return ipaddr.IPv4.parse(text);
  // In hexadecimal, so that `::203.0.113.7` stays the address that it is.
  const plain = quad ? text.slice(0, -quad.length) + inHexadecimal(quad) : text;
  if (plain.includes(":") && ipaddr.IPv6.isValid(plain)) return ipaddr.IPv6.parse(plain);
  if (/^[\d.]+$/.test(text)) return "An IPv4 address has four numbers, such as 203.0.113.7.";
  return /^[\w-]+(?:\.[\w-]+)+\.?$/.test(text) ? "Names are not looked up. Give the IP address itself." : NO_ADDRESS;
}

function inHexadecimal(quad: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(quad).octets;
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** The address with every bit behind the first `length` cleared. */
function masked(address: Address, length: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const fixed = Math.min(8, Math.max(0, length - index * 8));
    return byte & (0xff << (8 - fixed));
  });
  return ipaddr.fromByteArray(bytes);
}

/** IPv4 in IPv6 clothes (`::ffff:0:0/96`) is IPv4: callers are told apart without the clothes. */
function kept([address, length]: Block): string {
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && length >= 96) {
    return kept([address.toIPv4Address(), length - 96]);
  }
  const text = address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  return length === bitsOf(address) ? text : `${text}/${length}`;
}

/** What is wrong with one entry of a list, or with the list where `index` is null. */
export type ListFault = { index: number | null; sentence: string };

/** A list of entries: each that is right as it is kept, at its place; of the others, and of those twice there, what is wrong. */
export function readNetworks(entries: readonly string[]): { networks: (string | null)[]; faults: ListFault[] } {
  if (entries.length > MOST_NETWORKS) {
    const sentence = `Give at most ${MOST_NETWORKS} addresses and blocks.`;
    return { networks: entries.map(() => null), faults: [{ index: null, sentence }] };
  }
  const networks: (string | null)[] = [];
  const faults: ListFault[] = [];
  for (const [index, entry] of entries.entries()) {
    const parsed = parseNetwork(entry);
    const known = parsed.ok && networks.includes(parsed.network);
    if (!parsed.ok) faults.push({ index, sentence: parsed.sentence });
    else if (known) faults.push({ index, sentence: `${parsed.network} is in the list already.` });
    networks.push(parsed.ok && !known ? parsed.network : null);
  }
  return { networks, faults };
}

/** A list of at most fifty entries, no two of them the same; each fault stands at its entry. */
export const networkListInput = z
  .array(z.string({ error: NOTHING }), { error: "Give a list of addresses and blocks." })
  .transform((entries, ctx): string[] => {
    const { networks, faults } = readNetworks(entries);
    for (const { index, sentence } of faults) {
      const at =
        index === null ? null : { path: [index], message: `${entries[index]?.slice(0, MOST_CHARACTERS)}: ${sentence}` };
      ctx.addIssue({ code: "custom", message: sentence, input: entries, ...at });
    }
    return networks.filter((network) => network !== null);
  });

/** What is kept, as numbers. */
function blockOf(network: string): Block {
  const [text = "", length] = network.split("/");
  const address = ipaddr.parse(text);
  return [address, length === undefined ? bitsOf(address) : Number(length)];
}

/** Whether a block lies in another one, or an address in a block. Both as they are kept. */
export function isWithin(inner: string, outer: string): boolean {
  const [[address, length], block] = [blockOf(inner), blockOf(outer)];
  return address.kind() === block[0].kind() && length >= block[1] && address.match(block);
}

/** Those of `networks` that lie in none of `bounds`. An empty list of bounds is none. */
export const outsideOf = (networks: readonly string[], bounds: readonly string[]): string[] =>
  bounds.length === 0 ? [] : networks.filter((network) => !bounds.some((bound) => isWithin(network, bound)));

/** From where both lists allow; null for anywhere, empty for nowhere. An empty list allows everything. */
export function commonNetworks(one: readonly string[], other: readonly string[]): string[] | null {
  if (one.length === 0) return other.length === 0 ? null : [...other];
  if (other.length === 0) return [...one];
  // Two blocks lie apart, or one lies in the other.
  const both = [
    ...one.filter((network) => other.some((bound) => isWithin(network, bound))),
    ...other.filter((network) => one.some((bound) => isWithin(network, bound))),
  ];
  return [...new Set(both)];
}

/** What to say of a block that keeps hardly anybody out; null of others. */
export function widthSentence(network: string): string | null {
  const [address, length] = blockOf(network);
  if (length === 0) return `${network} is every ${familyOf(address)} address.`;
  return length < 8 ? `${network} is a large part of all ${familyOf(address)} addresses.` : null;
}

/** Whether an address is one of a network of its own, as a proxy's mostly is, and not of the Internet. */
export const isPrivateAddress = (address: string): boolean =>
  ["private", "loopback", "uniqueLocal", "linkLocal", "carrierGradeNat"].includes(ipaddr.parse(address).range());
