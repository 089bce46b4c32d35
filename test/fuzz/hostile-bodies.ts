import fc from "fast-check";
import { standIn } from "./schema-values";

/** One character a byte, as it is put on the wire. */
export type Bytes = string;

const utf8 = (text: string): Bytes => Buffer.from(text, "utf8").toString("latin1");

/** Pieces of JSON that a field of some other kind would hold, or that a parser may stumble over. */
export const JSON_PIECES: readonly Bytes[] = [
  ...["null", "true", "[]", "{}", '""', "0", "-1", "-0", "1.5", "1e999", "-1e999", "1e-400", "9007199254740993"],
  ...["12345678901234567890123456789", "NaN", "Infinity", "undefined", "'single'", "01", "0x10", "+1", ".5", "1."],
  ...['"\\ud800"', '"\\udfff\\ud800"', '"\\u0000"', '"a\\u0000b"', '"\\u202e"', '"\\ufeff"', '"\\u2028"', '"\\x00"'],
  ...['"__proto__"', '{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"a":1}}}', '{"toString":1}'],
  ...['[[["deep"]]]', '{"$ne":null}', '{"$gt":""}', `"' or 1=1 --"`, '"%s%n%x"', '"{{7*7}}"', '"../../etc/passwd"'],
  ...['"9999-99-99T99:99:99Z"', '"0000-01-01T00:00:00Z"', '"+275760-09-13T00:00:00Z"', '"2026-02-30T00:00:00Z"'],
  ...['"2026-06-30T23:59:60Z"', '"1e3"', '"-1"', '"00000000-0000-0000-0000-000000000000"', '["a","a"]', "[null]"],
  `"${"a".repeat(300)}"`,
  `"${"a".repeat(70_000)}"`,
  "[".repeat(200) + "]".repeat(200),
  `[${"0,".repeat(5000)}0]`,
  utf8('"🔑"'),
  '"\xff\xfe"',
  '"\xc0\x80"',
  '"\xed\xa0\x80"',
  '"\xf4\x90\x80\x80"',
  '"\x00"',
  '"\x07"',
  `"${standIn("pat_admin")}"`,
  `"${standIn("access")}"`,
];

/** Whole bodies that are none, or none of ours. */
export const BODIES: readonly Bytes[] = [
  ...[
    "",
    " ",
    "\n\n",
    "{",
    "}",
    "[",
    "{}",
    "[]",
    "null",
    "true",
    "0",
    '""',
    "{{}}",
    "{,}",
    '{"a":}',
    '{"a" 1}',
    '{"a":1,}',
  ],
  ...['{"a":1}{"b":2}', '{"a":1}\n{"b":2}', "\x00", "\xff", "\x80", "\xc0\x80", "\xef\xbb\xbf{}", "\xfe\xff\x00{\x00}"],
  ...[
    "\xff\xfe{\x00}\x00",
    "//\n{}",
    "/**/{}",
    "a=b",
    "a=b&a=c",
    "grant_type=client_credentials",
    "%",
    "%zz=%zz",
    "=&=&=",
  ],
  ...["<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "--x\r\n\r\n--x--\r\n"],
  ...['{"__proto__":{"a":1}}', '{"constructor":null}', '{"":""}', '{"a":1,"a":2}', '{"hasOwnProperty":1}'],
  `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
  "[".repeat(30_000),
  "{".repeat(30_000),
  `"${"\\u0041".repeat(9000)}"`,
  `${" ".repeat(65_000)}{}`,
  `{${Array.from({ length: 3000 }, (_, at) => `"k${at}":${at}`).join(",")}}`,
  "a".repeat(65_537),
  "a".repeat(200_000),
  "a=1&".repeat(10_000),
];

export const CONTENT_TYPES: readonly Bytes[] = [
  ...[
    "",
    " ",
    "application/json",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "APPLICATION/JSON",
  ],
  ...["application/json; charset=utf-16", "application/json; charset=latin1", "application/json; charset=\xff", "json"],
  ...[
    "application/json, application/json",
    "application/json;",
    "application/json; a=b",
    "application/merge-patch+json",
  ],
  ...[
    "application/problem+json",
    "text/json",
    "text/plain",
    "text/html",
    "application/xml",
    "application/octet-stream",
  ],
  ...[
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "application/x-www-form-urlencoded;charset=utf-7",
  ],
  ...[
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    'multipart/form-data; boundary="',
    "*/*",
    "/",
    ";",
    "a/b/c",
  ],
  `application/json; ${"a=b;".repeat(1000)}`,
];

/** Bytes of any kind, in any number up to a kilobyte. */
export const anyBytes: fc.Arbitrary<Bytes> = fc
  .uint8Array({ maxLength: 1000 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));
