import { connect } from "node:net";
import { percentile } from "./report";

export interface Load {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  answers: number;
  /** The first answer, as it came. */
  sample: string;
}

export interface LoadWish {
  url: string;
  seconds: number;
  /** The credential of each connection; there are as many connections. */
  credentials: readonly string[];
  /** What every answer has to be. */
  status: number;
}

/**
 * Asks one address over kept connections, each with its next request once it has its answer, and checks every answer. Does
 * much less than a client library for each of them, so that the server is what is measured.
 */
export async function load({ url, seconds, credentials, status }: LoadWish): Promise<Load> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const samples = await Promise.all(
    credentials.map((credential) => askUntil(end, new URL(url), credential, status, times)),
  );
  const elapsed = (performance.now() - began) / 1000;
  return {
    rate: times.length / elapsed,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    answers: times.length,
    sample: samples[0] ?? "",
  };
}

export const requestTo = ({ host, pathname, search }: URL, credential: string): Buffer =>
  Buffer.from(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${credential}\r\nUser-Agent: latchkey-bench/1\r\n\r\n`,
    "latin1",
  );

function askUntil(end: number, url: URL, credential: string, status: number, times: number[]): Promise<string> {
  const request = requestTo(url, credential);
  const expected = `HTTP/1.1 ${status} `;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    let received = "";
    let sample = "";
    let sent = 0;
    const ask = () => {
      sent = performance.now();
      socket.write(request);
    };
    socket.setEncoding("latin1");
    socket.on("connect", ask);
    socket.on("data", (chunk: string) => {
      received += chunk;
      const length = answerLength(received);
      if (length === null || received.length < length) return;
      if (received.length > length || !received.startsWith(expected)) {
        socket.destroy(new Error(`${url.pathname} answered: ${received.slice(0, 300)}`));
        return;
      }
      const now = performance.now();
      times.push(now - sent);
      sample ||= received;
      received = "";
      if (now < end) return ask();
      socket.destroy();
      resolve(sample);
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${url.host} ended a connection`)));
  });
}

/** Of the whole first answer in `text`, by its Content-Length; null before all of its headers are there. */
export function answerLength(text: string): number | null {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return null;
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text.slice(0, head + 2))?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length: ${text.slice(0, head)}`);
  return head + 4 + Number(length);
}
