/** A mailbox and whose it is. The name may be empty. */
export interface MailAddress {
  name: string;
  address: string;
}

/** Octets of an address, and characters of what is said in a header (RFC 5321, 4.5.3.1.3; RFC 5322, 2.1.1). */
const LONGEST_ADDRESS = 254;
const LONGEST_NAME = 120;
const LONGEST_SUBJECT = 200;

/** Everything that ends a line, hides, or turns the direction of what follows it; half characters too. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
/** What structures a header that holds addresses (RFC 5322, 3.2.3). */
const STRUCTURE = /["\\<>()[\]:;,@]+/g;
const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** Whether this is one address and nothing else: no second one, no name, no header. */
export const isMailAddress = (text: string): boolean =>
  text.length <= LONGEST_ADDRESS && ADDRESS.test(text) && !/^\.|\.@|\.\./.test(text);

/** One line of text for a header, cut short. */
export const headerText = (text: string, longest = LONGEST_SUBJECT): string => {
  const characters = [...text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim()];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`
    : characters.join("");
};

/** A name beside an address: without what could end it, so that no name brings an address of its own. */
export const displayName = (name: string): string => headerText(name.replace(STRUCTURE, " "), LONGEST_NAME);

/** "Ada Example" <ada@example.com>. Refuses, by throwing, what is no address. */
export function addressLine({ name, address }: MailAddress): string {
  if (!isMailAddress(address)) throw new Error("not an address");
  const shown = displayName(name);
  return shown ? `"${shown}" <${address}>` : address;
}

/** Reads a setting such as `Latchkey <tokens@example.com>`, or the address alone; null where it is neither. */
export function readAddressLine(text: string): MailAddress | null {
  const [, name = "", address = ""] = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>\s]+)>|)\s*$/.exec(text) ?? [];
  if (address) return isMailAddress(address) ? { name: displayName(name), address } : null;
  return isMailAddress(text.trim()) ? { name: "", address: text.trim() } : null;
}
