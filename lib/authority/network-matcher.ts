import { BlockList, isIP } from "node:net";

/** Addresses whose answer one matcher remembers: callers come back, and asking the list costs thirty times as much. */
const REMEMBERED = 512;

const mapped = new BlockList();
mapped.addSubnet("::ffff:0:0", 96, "ipv6");

/**
 * Whether an address lies in one of these CIDR blocks (RFC 4632, RFC 4291) or is one of these addresses. IPv4 in IPv6
 * clothes is IPv4, and no IPv6 block holds it. An address that is not known lies in none. Throws where a block is none:
 * they are checked on their way in.
 */
export function networkMatcher(blocks: readonly string[]): (address: string | null) => boolean {
  const lists = { 4: new BlockList(), 6: new BlockList() };
  for (const block of blocks) {
    const [address = "", length] = block.split("/");
    const family = isIP(address) === 6 ? 6 : 4;
    if (length === undefined) lists[family].addAddress(address, `ipv${family}`);
    else lists[family].addSubnet(address, Number(length), `ipv${family}`);
  }
  const ask = (address: string): boolean => {
    switch (isIP(address)) {
      case 4:
        return lists[4].check(address, "ipv4");
      case 6:
        return mapped.check(address, "ipv6") ? lists[4].check(address, "ipv6") : lists[6].check(address, "ipv6");
      default:
        return false;
    }
  };
  const answers = new Map<string, boolean>();
  return (address) => {
    if (address === null) return false;
    const known = answers.get(address);
    if (known !== undefined) return known;
    const answer = ask(address);
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(address, answer);
    return answer;
  };
}
