import { connect } from "node:net";
import { percentile } from "./report";

export interface Load {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  answers: number;
  /** How many answers had each status. */
  statuses: Record<string, number>;
  /** The first answer, as it came. */
  sample: string;
}

/**
 * Asks one address over kept connections for some seconds, each connection with a credential of its own and its next
 * request once it has its answer. Rejects where an answer has another status. Does much less than a client library for each
 * answer, so that the server is what is measured.
 */
export function load(wish: {
  url: string;
  seconds: number;
  credentials: readonly string[];
  status: number;
}): Promise<Load> {
  const url = new URL(wish.url);
  const end = performance.now() + wish.seconds * 1000;
  const endlessly = (credential: string) => {
    const request = requestTo(url, credential);
    return () => (performance.now() < end ? request : null);
  };
  return askAll(url, wish.credentials.map(endlessly), [wish.status]);
}

/** Asks once with each credential, over this many connections. Rejects where an answer has none of these statuses. */
export function sweep(wish: {
  url: string;
  credentials: readonly string[];
  connections: number;
  statuses: readonly number[];
}): Promise<Load> {
  const url = new URL(wish.url);
  const rest = wish.credentials.values();
  const next = () => {
    const { value } = rest.next();
    return value === undefined ? null : requestTo(url, value);
  };
  return askAll(url, Array<Next>(wish.connections).fill(next), wish.statuses);
}

/** The next request of a connection; null ends it. */
type Next = () => Buffer | null;

async function askAll(url: URL, connections: readonly Next[], statuses: readonly number[]): Promise<Load> {
  const times: number[] = [];
  const found: Record<string, number> = {};
  const began = performance.now();
  let sample = "";
  const told = (answer: string, milliseconds: number) => {
    const status = answer.slice(9, 12);
    if (!statuses.includes(Number(status))) throw new Error(`${url.pathname} answered: ${answer.slice(0, 300)}`);
    times.push(milliseconds);
    found[status] = (found[status] ?? 0) + 1;
    sample ||= answer;
  };
  await Promise.all(connections.map((next) => converse(url, next, told)));
  return {
    rate: times.length / ((performance.now() - began) / 1000),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    answers: times.length,
    statuses: found,
    sample,
  };
}

/** Sends request after request over one connection, and tells each answer with how long it took. */
export function converse(url: URL, next: Next, told: (answer: string, milliseconds: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    let received = "";
    let sent = 0;
    const ask = () => {
      const request = next();
      sent = performance.now();
      if (request) socket.write(request);
      else {
        resolve();
        socket.destroy();
      }
    };
    socket.setEncoding("latin1");
    socket.on("connect", ask);
    socket.on("data", (chunk: string) => {
      received += chunk;
      try {
        const length = answerLength(received);
        if (length === null || received.length < length) return;
        if (received.length > length) throw new Error(`more than was asked for: ${received.slice(length)}`);
        told(received, performance.now() - sent);
        received = "";
        ask();
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${url.host} ended a connection`)));
  });
}

/** As a proxy in front asks it, where `from` is given: the address that it saw. */
export const requestTo = ({ host, pathname, search }: URL, credential: string, from?: string): Buffer =>
  Buffer.from(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${credential}\r\nUser-Agent: latchkey-bench/1\r\n${from ? `X-Forwarded-For: ${from}\r\n` : ""}\r\n`,
    "latin1",
  );

/** Of the whole first answer in `text`, by its Content-Length; null before all of its headers are there. */
function answerLength(text: string): number | null {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return null;
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text.slice(0, head + 2))?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length: ${text.slice(0, head)}`);
  return head + 4 + Number(length);
}
