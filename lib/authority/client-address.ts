import { isIP, isIPv4 } from "node:net";

export interface AddressFacts {
  /** The address at the other end of the connection, as the server saw it. */
  peer: string | null;
  /** The `X-Forwarded-For` header as received: anybody may write anything into it. */
  forwardedFor: string | null;
  /** How many proxies of the host's own stand before this server. */
  trustedProxies: number;
}

/**
 * The address that a request came from. Each trusted proxy vouches for one hop, so the client is that many steps from the
 * right; what stands further left was written by the client. Null where nothing trustworthy is known.
 */
export function clientAddress({ peer, forwardedFor, trustedProxies }: AddressFacts): string | null {
  if (!forwardedFor) return plainAddress(peer ?? "");
  const hops = forwardedFor.slice(-2048);
  let client = peer ?? "";
  let end = hops.length;
  // From the right, and no further than the first: this happens on every call.
  for (let trusted = trustedProxies; trusted > 0 && end >= 0; trusted--) {
    const comma = end === 0 ? -1 : hops.lastIndexOf(",", end - 1);
    client = hops.slice(comma + 1, end).trim();
    end = comma;
  }
  const address = plainAddress(client);
  return address === null || forwardedFor.length === address.length ? address : alone(address);
}

/**
 * An IP address without port, brackets and zone, each in one spelling (RFC 5952; IPv4-mapped IPv6 as IPv4): what counts and
 * stores by the text takes two spellings for two addresses. Null for anything else.
 */
function plainAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1];
  const bare = (bracketed ?? withPort ?? text).replace(/%.*$/, "");
  switch (isIP(bare)) {
    case 4:
      return bare;
    case 6:
      return ipv6(bare);
    default:
      return null;
  }
}

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

function ipv6(address: string): string {
  const dotted = /^::ffff:(\d[\d.]+)$/i.exec(address)?.[1];
  if (dotted && isIPv4(dotted)) return dotted;
  // A URL spells an address as RFC 5952 has it.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(canonical) ?? [];
  if (!high || !low) return canonical;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((two) => [two >> 8, two & 0xff])
    .join(".");
}

/** A copy that does not keep all of the header in memory, of which `text` may be a part, for as long as it is kept. */
const alone = (text: string) => Buffer.from(text, "latin1").toString("latin1");

/** What attempts are counted by: the address, and for IPv6 its /64, which one customer has whole. */
export function addressBucket(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}
