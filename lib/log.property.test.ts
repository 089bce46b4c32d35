import fc from "fast-check";
import { expect, it } from "vitest";
import { createLog, errorFacts } from "./log";
import { mintToken } from "./tokens/token-secret";

function logged(fields: object, message: string): string {
  const written: string[] = [];
  const log = createLog({ level: "trace", destination: { write: (text) => void written.push(text) } });
  log.info(fields, message);
  return written.join("");
}

const token = fc
  .tuple(fc.constantFrom("lk", "acme", "x9"), fc.constantFrom("pat", "svc", "cls", "tmp"))
  .map(([prefix, kind]) => mintToken(prefix, kind as "pat").plain.reveal())
  .map((text) => ({ text, secret: text.split("_")[3] ?? "" }));
const opaque = fc.stringMatching(/^[A-Za-z0-9~.-]{20,60}$/).map((text) => ({ text, secret: text }));
const part = fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 12 }), { minKeys: 1 });
const jwt = fc
  .tuple(part, part, fc.stringMatching(/^[A-Za-z0-9_-]{40,86}$/))
  .map(([head, claims, secret]) => {
    const parts = [head, claims].map((object) => Buffer.from(JSON.stringify(object)).toString("base64url"));
    return { text: [...parts, secret].join("."), secret };
  })
  // Shorter than any header of a JWT.
  .filter(({ text }) => text.indexOf(".") >= 11);
const noise = fc.string({ maxLength: 20 });

const headerName = fc.constantFrom("authorization", "Authorization", "AUTHORIZATION", "Proxy-Authorization", "Cookie");
const secretName = fc.constantFrom("password", "secret", "client_secret", "access_token", "token", "x-api-key");
const scheme = fc.constantFrom("Bearer ", "bearer  ", "APIKey ", "Basic ", "Bearer\t");

/** A text with a credential in it, as it may come from outside. */
const text = fc.oneof(
  fc.tuple(noise, token, noise).map(([before, { text, secret }, after]) => [`${before} ${text} ${after}`, secret]),
  fc.tuple(noise, token).map(([path, { text, secret }]) => [`/${path}?a=b&x=${encodeURIComponent(text)}&c=d`, secret]),
  token.map(({ text, secret }) => [`GET /x?t=${text.replaceAll("_", "%5F")}`, secret]),
  fc.tuple(noise, jwt, noise).map(([before, { text, secret }, after]) => [`${before} ${text} ${after}`, secret]),
  jwt.map(({ text, secret }) => [`/x?a=b&t=${encodeURIComponent(text)}&c=d`, secret]),
  token.map(({ text, secret }) => [text.slice(0, 50), secret.slice(0, 20)]),
  fc.tuple(scheme, fc.oneof(token, opaque)).map(([scheme, { text, secret }]) => [`${scheme}${text}`, secret]),
  fc.tuple(secretName, opaque).map(([name, { text, secret }]) => [`/callback?${name}=${text}&b=c`, secret]),
  fc.tuple(secretName, opaque).map(([name, { text, secret }]) => [JSON.stringify({ [name]: text, b: 1 }), secret]),
) as fc.Arbitrary<[string, string]>;

/** A line with such a text somewhere in it. */
const line = fc.oneof(
  text.map(([text, secret]) => [{}, text, secret]),
  fc
    .tuple(text, fc.array(fc.constantFrom("a", "request", "headers"), { maxLength: 5 }))
    .map(([[text, secret], path]) => [
      path.reduceRight<object>((inner, key) => ({ [key]: inner }), { value: [text] }),
      "x",
      secret,
    ]),
  fc
    .tuple(headerName, opaque, fc.array(fc.constantFrom("a", "b"), { maxLength: 5 }))
    .map(([name, { text, secret }, path]) => [
      path.reduceRight<object>((inner, key) => ({ [key]: inner }), { [name]: `${text}"x` }),
      "x",
      secret,
    ]),
  text.map(([text, secret]) => [{ rawHeaders: ["Host", "x", "Authorization", text] }, "x", secret]),
  text.map(([text, secret]) => [{ err: new Error(text, { cause: new Error(text) }) }, "x", secret]),
  text.map(([text, secret]) => [{ error: errorFacts(new Error(text, { cause: new Error(text) })) }, "x", secret]),
) as fc.Arbitrary<[object, string, string]>;

it("lets no credential into a line, wherever it stands and in whichever form it came", () => {
  fc.assert(
    fc.property(line, ([fields, message, secret]) => {
      const written = logged(fields, message);
      for (let at = 0; at + 12 <= secret.length; at++) expect(written).not.toContain(secret.slice(at, at + 12));
      expect(() => JSON.parse(written)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
