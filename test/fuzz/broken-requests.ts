import type { Bytes } from "./hostile-bodies";

const post = (headers: Bytes, body: Bytes) => `POST /api/v1/tokens HTTP/1.1\r\nHost: HOST\r\n${headers}\r\n\r\n${body}`;

/** Bytes that no server may take for a request, or that end in the middle of one. */
export const BROKEN: readonly (readonly [name: string, bytes: Bytes])[] = [
  ["no line at all", "\r\n\r\n\r\n"],
  ["bytes of another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["a request line cut short", "GET /api/v1/me"],
  ["a version that there is none of", "GET /api/v1/me HTTP/9.9\r\nHost: HOST\r\n\r\n"],
  ["a request without a host", "GET /api/v1/me HTTP/1.1\r\n\r\n"],
  ["a method that is none", "G\xc3\xa9T /api/v1/me HTTP/1.1\r\nHost: HOST\r\n\r\n"],
  ["an address with a line in it", "GET /api/v1/\r\nme HTTP/1.1\r\nHost: HOST\r\n\r\n"],
  ["an address in other bytes than ASCII", "GET /api/v1/\xc3\xa9 HTTP/1.1\r\nHost: HOST\r\n\r\n"],
  ["a header without a name", "GET /api/v1/me HTTP/1.1\r\nHost: HOST\r\n: x\r\n\r\n"],
  ["a header with a zero byte", "GET /api/v1/me HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n"],
  ["a header folded over two lines", "GET /api/v1/me HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer\r\n x\0\r\n\r\n"],
  ["headers without end", `GET /api/v1/me HTTP/1.1\r\nHost: HOST\r\n${`X: ${"a".repeat(1000)}\r\n`.repeat(100)}\r\n`],
  ["an address without end", `GET /api/v1/${"a".repeat(100_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`],
  ["two lengths", post("Content-Length: 2\r\nContent-Length: 4", "{}")],
  ["a length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n")],
  ["a length that is none", post("Content-Length: -1", "{}")],
  ["chunks that are none", post("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n")],
  ["a coding that nobody knows", post("Transfer-Encoding: cow", "{}")],
  ["a body that ends too soon", post("Content-Type: application/json\r\nContent-Length: 1000", '{"name":')],
];
