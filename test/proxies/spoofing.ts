import { IDENTITY } from "./stub-gate";

interface Disguise {
  disguise: string;
  line?: string;
  lines: string[];
  body?: string;
  connection?: string;
}

const every = (spell: (name: string) => string) => IDENTITY.map((name) => `${spell(name)}: evil`);
const titled = (name: string) => name.replaceAll(/(^|-)(\w)/g, (part) => part.toUpperCase());
const CHUNKED = ["Transfer-Encoding: chunked"];
const LISTED = IDENTITY.map(titled).join(", ");

/** Ways to bring an identity past a proxy. */
export const DISGUISES: Disguise[] = [
  { disguise: "every name as it is", lines: every(titled) },
  { disguise: "every name in lower case", lines: every((name) => name) },
  { disguise: "every name in upper case", lines: every((name) => name.toUpperCase()) },
  { disguise: "every name with underscores", lines: every((name) => titled(name).replaceAll("-", "_")) },
  { disguise: "every name with one underscore", lines: every((name) => name.replace("-", "_")) },
  { disguise: "every name twice", lines: [...every(titled), ...every(titled)] },
  { disguise: "a name with a space before the colon", lines: ["X-Latchkey-Token : evil"] },
  { disguise: "a name with a tab before the colon", lines: ["X-Latchkey-Token\t: evil"] },
  { disguise: "a name with a dot", lines: ["X.Latchkey.Token: evil", "X-Latchkey.Token: evil"] },
  { disguise: "a folded line", lines: ["X-Latchkey-Token:", " evil"] },
  { disguise: "a line that folds onto another header", lines: ["X-Harmless: a", " X-Latchkey-Token: folded"] },
  { disguise: "a bare line feed inside a value", lines: ["X-Harmless: a\nX-Latchkey-Token: evil"] },
  { disguise: "a bare carriage return inside a value", lines: ["X-Harmless: a\rX-Latchkey-Token: evil"] },
  { disguise: "a null byte in a name", lines: ["X-Latchkey-Token\0: evil"] },
  { disguise: "every name listed in Connection", lines: every(titled), connection: `close, ${LISTED}` },
  { disguise: "every name listed in a second Connection", lines: [`Connection: ${LISTED}`] },
  {
    disguise: "every name listed in Connection beside an upgrade",
    lines: ["Upgrade: h2c"],
    connection: `Upgrade, ${LISTED}`,
  },
  {
    disguise: "trailers",
    lines: [...CHUNKED, `Trailer: ${LISTED}`],
    body: `3\r\nabc\r\n0\r\n${every(titled).join("\r\n")}\r\n\r\n`,
  },
  { disguise: "trailers that nobody announced", lines: CHUNKED, body: `0\r\n${every(titled).join("\r\n")}\r\n\r\n` },
  {
    disguise: "a second request inside a body of two lengths",
    lines: [...CHUNKED, "Content-Length: 5"],
    body: `0\r\n\r\nGET /events HTTP/1.1\r\nHost: api.test\r\nX-Latchkey-Token: evil\r\n\r\n`,
  },
  {
    disguise: "a second request behind a body of an unknown coding",
    lines: ["Transfer-Encoding: xchunked", "Content-Length: 3"],
    body: `abcGET /events HTTP/1.1\r\nHost: api.test\r\nX-Latchkey-Token: evil\r\n\r\n`,
  },
  {
    disguise: "an address that tries to end its line",
    line: "GET /events?a=%0d%0aX-Latchkey-Token:%20x HTTP/1.1",
    lines: [],
  },
];

/** Addresses that mean `/events` to one reader and something else to another. */
export const ODD_ADDRESSES = [
  "//events",
  "/./events",
  "/x/../events",
  "/x/%2e%2e/events",
  "/x/.%2E/events",
  "/x/..;/events",
  "/x/..%2fevents",
  "/x/..%5cevents",
  "/x/..\\events",
  "/events;x=1",
  "/events/..",
  "/events/.",
  "/%65vents",
  "/events%00",
  "/events%2f7",
  "/events%252f7",
  "/EVENTS",
  "/events/",
  "/events#x",
  "http://api.test/events",
  "http://elsewhere.test/events",
  "http://api.test//events",
  "http://api.test/x/../events",
  "HTTP://API.TEST/events",
  "events",
  "*",
];
