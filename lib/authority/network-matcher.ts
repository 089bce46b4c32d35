import { BlockList, isIP } from "node:net";

/**
 * Whether an address lies in one of these CIDR blocks (RFC 4632, RFC 4291). An address that is not known lies in none.
 * Throws where a block is none: they are checked on their way in.
 */
export function networkMatcher(blocks: readonly string[]): (address: string | null) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = "", length = ""] = block.split("/");
    list.addSubnet(address, Number(length), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return (address) => {
    const family = address === null ? 0 : isIP(address);
    return family !== 0 && list.check(address as string, family === 6 ? "ipv6" : "ipv4");
  };
}
