import { connect } from "node:net";
import type { Bytes } from "./hostile-bodies";
import type { RawRequest } from "./raw-request";

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  status: number;
  /** By name in small letters; several of one name joined by a comma. */
  headers: Record<string, string>;
  body: Buffer;
  milliseconds: number;
}

/** No answer takes this long. */
const PATIENCE_MS = 15_000;

/** The bytes of a request that is whole. */
export function bytesOf({ method, target, headers, body, chunked }: RawRequest, host: string): Bytes {
  const framing = body === null ? [] : chunked ? [["Transfer-Encoding", "chunked"]] : [["Content-Length", body.length]];
  const named = headers.some(([name]) => name === "Host") ? [] : [["Host", host]];
  const lines = [...named, ...headers, ...framing, ["Connection", "close"]].map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${target} HTTP/1.1`, ...lines, "", body === null ? "" : chunked ? chunks(body) : body].join(
    "\r\n",
  );
}

/** In two pieces, cut wherever: in the middle of a letter too. */
function chunks(body: Bytes): Bytes {
  const middle = Math.floor(body.length / 2);
  const pieces = [body.slice(0, middle), body.slice(middle)].filter((piece) => piece !== "");
  return `${pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join("")}0\r\n\r\n`;
}

/** Writes bytes to a connection of their own and reads all that comes back. With `cut`, nothing more can follow them. */
export function sendRaw(url: string, bytes: Bytes, { cut = false } = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = [];
    const begun = performance.now();
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.from(bytes, "latin1"));
      if (cut) socket.end();
    });
    const timer = setTimeout(() => {
      reject(new Error(`no answer in ${PATIENCE_MS} ms`));
      socket.destroy();
    }, PATIENCE_MS);
    socket.on("data", (chunk) => heard.push(chunk));
    // A server may close before it has read a body that is too large: what it said counts.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve({ ...parse(Buffer.concat(heard)), milliseconds: performance.now() - begun });
    });
  });
}

function parse(answer: Buffer): Omit<RawAnswer, "milliseconds"> {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return { status: 0, headers: {}, body: answer };
  const [first = "", ...lines] = answer.subarray(0, end).toString("latin1").split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const rest = answer.subarray(end + 4);
  if (status === 100) return parse(rest);
  return { status, headers, body: headers["transfer-encoding"] === "chunked" ? unchunk(rest) : rest };
}

function unchunk(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.subarray(at, line).toString("latin1"), 16);
    if (line === -1 || !(size > 0)) break;
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}
