import type { ApiDocument, Operation } from "./api-document";
import type { RawRequest } from "./raw-request";
import type { RawAnswer } from "./send-raw";

/** What no answer may show of the inside: frames of a stack, files, statements, names of the parts. */
const INSIDES = [
  /\n\s+at \S+.*:\d+:\d+/,
  /\bnode_modules\b|\bnode:internal\b/,
  /\.(?:ts|tsx|mjs|cjs):\d+/,
  /\b(?:select|insert into|update|delete from)\b[^"]{1,200}\b(?:where|values|set|from|returning)\b/i,
  /\b(?:drizzle|postgres|pg_\w+|PostgresError|ZodError|TypeError|RangeError|SyntaxError|ECONN\w+)\b/,
  /unexpected token|is not a function|cannot read propert/i,
];

/** Any other is refused before it is looked for. */
const KNOWN_METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What Node reads of a request before its body, in bytes. More is refused before anybody sees a request. */
const LONGEST_HEAD = 16 * 1024;

const headLength = ({ target, headers }: RawRequest) =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, target.length);

/** Everything that an answer has against the guarantees of the API; nothing where it keeps them. */
export function faultsOf(
  request: RawRequest,
  answer: RawAnswer,
  { document, secrets }: { document: ApiDocument; secrets: readonly string[] },
): string[] {
  if (answer.status === 0) return ["there is no answer"];
  const text = answer.body.toString("utf8");
  // Its lines of our own are counted too, which are fewer than these.
  if (answer.status === 431 && headLength(request) > LONGEST_HEAD - 500) return text === "" ? [] : ["431 has a body"];
  // To the same address without its last slash.
  const isRedirect = answer.status === 308;
  const { pathname, inApi } = addressOf(request.target);
  // A page knows its own address, and says it to nobody but whoever sent it.
  const isItsAddress = (secret: string) => (isRedirect || !inApi) && request.target.includes(secret);
  const whole = `${JSON.stringify(answer.headers)}\n${text}`;
  const faults = [
    ...(answer.status >= 500 ? [`it is a ${answer.status}`] : []),
    ...(answer.headers["x-request-id"] ? [] : ["it has no X-Request-Id"]),
    ...INSIDES.filter((inside) => inside.test(whole)).map(
      (inside) => `it shows the inside: ${inside.exec(whole)?.[0]}`,
    ),
    ...(secrets.some((secret) => whole.includes(secret) && !isItsAddress(secret)) ? ["it says a secret again"] : []),
  ];
  if (!inApi || isRedirect || !KNOWN_METHODS.has(request.method)) return faults;
  if (answer.headers["cache-control"] === undefined) faults.push("it does not say who may keep it");
  return [...faults, ...undocumented(request.method, pathname, answer, text, document)];
}

/** The path as a router reads it, its dots resolved. */
function addressOf(target: string): { pathname: string; inApi: boolean } {
  const { pathname } = new URL(target.startsWith("http:") ? target : `http://localhost${target}`);
  return { pathname, inApi: pathname.startsWith("/api/") };
}

function undocumented(method: string, pathname: string, answer: RawAnswer, text: string, document: ApiDocument) {
  const { operation, known } = document.find(method === "HEAD" ? "GET" : method, pathname);
  if (operation) return againstOperation(operation, method, answer, text, document);
  if (method === "OPTIONS") return answer.status < 500 ? [] : ["OPTIONS is not answered"];
  // Before the address is looked at, something else may be wrong.
  const expected = known ? [405, 400, 404] : [404, 405, 400, 401];
  return [
    ...(expected.includes(answer.status) ? [] : [`${answer.status} from an address or method that is not documented`]),
    ...(method === "HEAD" ? [] : againstProblem(answer, text)),
  ];
}

function againstProblem(answer: RawAnswer, text: string): string[] {
  if (mediaOf(answer) !== "application/problem+json")
    return [`it is ${mediaOf(answer) || "of no type"} and no problem`];
  const problem = parsed(text) as { status?: unknown; code?: unknown; request_id?: unknown } | undefined;
  const isOne = problem?.status === answer.status && typeof problem.code === "string" && "type" in problem;
  return isOne && problem.request_id === answer.headers["x-request-id"] ? [] : ["it is no problem of RFC 9457"];
}

function againstOperation(
  operation: Operation,
  method: string,
  answer: RawAnswer,
  text: string,
  document: ApiDocument,
): string[] {
  const { status } = answer;
  const documented = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
  if (!documented) return [`${status} is not documented for ${operation.method} ${operation.path}`];
  if (method === "HEAD" || status === 204 || status === 304) return text === "" ? [] : ["it has a body"];
  const content = documented.content ?? {};
  if (Object.keys(content).length === 0) return text === "" ? [] : [`a body is not documented for ${status}`];
  const media = content[mediaOf(answer)];
  if (!media) return [`${mediaOf(answer) || "no type"} is not documented for ${status}`];
  if (!media.schema) return [];
  const body = parsed(text);
  if (body === undefined) return ["its body is no JSON"];
  const faults = document.faults(media.schema, body);
  return faults ? [`its body is not as documented for ${status}: ${faults}`] : [];
}

const mediaOf = ({ headers }: RawAnswer) => (headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
