import fc from "fast-check";
import { anyBytes, BODIES, type Bytes, CONTENT_TYPES, JSON_PIECES } from "./hostile-bodies";
import { AUTHORIZATIONS } from "./hostile-credentials";
import { HEADERS, METHODS, oneOf, QUERY_PARTS, SEGMENTS } from "./hostile-heads";

/** Before it is put together, so that single things can go wrong with it. */
export interface Draft {
  method: string;
  path: Bytes[];
  query: Bytes[];
  authorizations: Bytes[];
  types: Bytes[];
  headers: (readonly [string, Bytes])[];
  body: Bytes | null;
  chunked: boolean;
}

export type Change = (draft: Draft) => Draft;

const place = fc.nat({ max: 1000 });

function bodyChange(): fc.Arbitrary<Change> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.oneof(oneOf(BODIES), anyBytes).map<Change>((body) => (draft) => ({ ...draft, body })) },
    // One value becomes another.
    {
      weight: 4,
      arbitrary: fc
        .tuple(place, oneOf(JSON_PIECES))
        .map<Change>(([at, piece]) => onBody((body) => replaceValue(body, at, piece))),
    },
    // A field more: of a name that objects have by themselves, or one that is there already.
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom("__proto__", "constructor", "id", "organization_id", "secret", ""), oneOf(JSON_PIECES))
        .map<Change>(([name, piece]) => onBody((body) => body.replace("{", `{"${name}":${piece},`))),
    },
    fc.constant<Change>(onBody((body) => body.replace(/\{("[^"]*":)/, "{$1null,$1"))),
    // Cut, put before, put after, in another encoding.
    place.map<Change>((at) => onBody((body) => body.slice(0, at % (body.length + 1)))),
    oneOf(["\xef\xbb\xbf", "\xff", " ", "\0", "\xc0\x80", "\xed\xa0\x80", ",", "//"])
      .chain((piece) => fc.boolean().map((before) => ({ piece, before })))
      .map<Change>(({ piece, before }) => onBody((body) => (before ? piece + body : body + piece))),
    fc
      .tuple(place, oneOf(["\xff", "\xc0\x80", "\xed\xa0\x80", "\0", "%00", "%ff", "&&", "=", "+"]))
      .map<Change>(([at, piece]) =>
        onBody((body) => body.slice(0, at % (body.length + 1)) + piece + body.slice(at % (body.length + 1))),
      ),
    fc.constant<Change>(onBody((body) => Buffer.from(body, "utf16le").toString("latin1"))),
    fc.constant<Change>((draft) => ({ ...draft, body: null })),
    // A parameter of a form twice.
    fc.constant<Change>(onBody((body) => `${body}&${body}`)),
  );
}

function pathChange(): fc.Arbitrary<Change> {
  return fc.oneof(
    fc.tuple(place, oneOf(SEGMENTS)).map<Change>(([at, segment]) => (draft) => ({
      ...draft,
      path: draft.path.with(at % draft.path.length, segment),
    })),
    oneOf(SEGMENTS).map<Change>((segment) => (draft) => ({ ...draft, path: [...draft.path, segment] })),
    fc.constant<Change>((draft) => ({ ...draft, path: [...draft.path, ""] })),
    fc.constant<Change>((draft) => ({ ...draft, path: ["", "", ...draft.path.slice(1)] })),
    fc.constant<Change>((draft) => ({ ...draft, path: draft.path.map(inCapitals) })),
    fc.constant<Change>((draft) => ({ ...draft, path: ["http:", "", "elsewhere.example", ...draft.path.slice(1)] })),
    // Its last letter in an address's own writing, which is the same address.
    fc.constant<Change>((draft) => ({ ...draft, path: draft.path.with(-1, encodedEnd(draft.path.at(-1) ?? "")) })),
  );
}

const inCapitals = (part: Bytes) => (part.startsWith("PH.") ? part : part.toUpperCase());

const encodedEnd = (part: Bytes) => {
  const last = part.slice(-1);
  return last && !part.startsWith("PH.")
    ? `${part.slice(0, -1)}%${last.charCodeAt(0).toString(16).padStart(2, "0")}`
    : part;
};

const queryChange = (): fc.Arbitrary<Change> =>
  fc.oneof(
    oneOf(QUERY_PARTS).map<Change>((part) => (draft) => ({ ...draft, query: [...draft.query, part] })),
    fc.constant<Change>((draft) => ({ ...draft, query: [...draft.query, ...draft.query] })),
    fc.string({ unit: "binary", maxLength: 50 }).map<Change>((text) => (draft) => ({
      ...draft,
      query: [...draft.query, `q=${encodeURIComponent(text.toWellFormed())}`],
    })),
  );

const headerChange = (): fc.Arbitrary<Change> =>
  fc
    .array(fc.constantFrom(...HEADERS), { minLength: 1, maxLength: 3 })
    .map<Change>((more) => (draft) => ({ ...draft, headers: [...draft.headers, ...more] }));

const credentialChange = (): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.constant<Change>((draft) => ({ ...draft, authorizations: [] })),
    oneOf(AUTHORIZATIONS).map<Change>((value) => (draft) => ({ ...draft, authorizations: [value] })),
    // Two headers, the right one first or last.
    oneOf(AUTHORIZATIONS).map<Change>((value) => (draft) => ({
      ...draft,
      authorizations: [...draft.authorizations, value],
    })),
    oneOf(AUTHORIZATIONS).map<Change>((value) => (draft) => ({
      ...draft,
      authorizations: [value, ...draft.authorizations],
    })),
  );

const typeChange = (): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.constant<Change>((draft) => ({ ...draft, types: [] })),
    oneOf(CONTENT_TYPES).map<Change>((type) => (draft) => ({ ...draft, types: [type] })),
    oneOf(CONTENT_TYPES).map<Change>((type) => (draft) => ({ ...draft, types: [...draft.types, type] })),
  );

const onBody =
  (work: (body: Bytes) => Bytes): Change =>
  (draft) => ({ ...draft, body: draft.body === null ? null : work(draft.body) });

const VALUE = /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|true|false|null)/g;

/** The text with the value at `place` of it, counted round, as another; as it is where it holds none. */
function replaceValue(body: Bytes, at: number, piece: Bytes): Bytes {
  const found = [...body.matchAll(VALUE)];
  const chosen = found[at % (found.length || 1)];
  if (!chosen) return body;
  return body.slice(0, chosen.index) + piece + body.slice(chosen.index + chosen[0].length);
}

/** One thing that goes wrong with a request. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: bodyChange() },
  { weight: 2, arbitrary: pathChange() },
  { weight: 2, arbitrary: queryChange() },
  { weight: 2, arbitrary: headerChange() },
  { weight: 2, arbitrary: credentialChange() },
  { weight: 1, arbitrary: typeChange() },
  { weight: 1, arbitrary: oneOf(METHODS).map<Change>((method) => (draft) => ({ ...draft, method })) },
);
