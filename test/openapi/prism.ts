import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpProxyConfig,
  type IHttpRequest,
  type IHttpResponse,
} from "@stoplight/prism-http";
import pino from "pino";

/** An answer with what was called for it. */
export interface Exchange {
  method: string;
  /** With the query, if there is one. */
  path: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  text: string;
}

export type Operations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;

/** Where Prism would send requests on, if it were not given their answers. */
const UPSTREAM = new URL("http://upstream.example");

/** Prism as `prism proxy --errors --validate-request=false` has it. Tests send wrong requests on purpose. */
const CONFIG: IHttpProxyConfig = {
  isProxy: true,
  upstream: UPSTREAM,
  upstreamProxy: undefined,
  errors: true,
  validateRequest: false,
  validateResponse: true,
  checkSecurity: false,
  mock: { dynamic: false },
};

/** What an address may answer to a method that it does not have: no such address, no such method, or which there are. */
const UNDOCUMENTED = [204, 404, 405];

const logger = Object.assign(pino({ level: "silent" }), { success: () => {} });

export const readOperations = (document: object): Promise<Operations> => getHttpOperationsFromSpec(document);

/** In words, how an answer is otherwise than documented; null where it is not. */
export async function departureOf(exchange: Exchange, operations: Operations): Promise<string | null> {
  const { method, path, status, text } = exchange;
  // No body comes with it, and all else is that of GET.
  if (method === "HEAD") return null;
  const wrong = await violationsOf(exchange, operations);
  if (wrong.length === 0) return null;
  return `${method} ${path} answered ${status} otherwise than documented:\n  ${wrong.join("\n  ")}\n${text.slice(0, 1000)}`;
}

/**
 * What Prism in proxy mode says against an answer. Prism hears the answer in place of fetching it, so that what is tested
 * runs once, and on the request as it was sent. It warns of a status that is not documented; here that is as wrong.
 */
async function violationsOf(exchange: Exchange, operations: Operations): Promise<string[]> {
  const { method, path, status, headers, text } = exchange;
  const { pathname } = new URL(path, UPSTREAM);
  if (!isDocumented(method, pathname, operations))
    return UNDOCUMENTED.includes(status) ? [] : ["the document has no such operation"];
  const isJson = /\bjson\b/.test(headers["content-type"] ?? "");
  const output: IHttpResponse = { statusCode: status, headers, body: isJson && text ? JSON.parse(text) : text };
  const prism = createInstance(CONFIG, {
    logger,
    forward: () => () => async () => ({ _tag: "Right", right: output }),
  });
  const input: IHttpRequest = { method: method.toLowerCase() as IHttpRequest["method"], url: { path: pathname } };
  const heard = await prism.request(input, operations)();
  if (heard._tag === "Left") return [heard.left.message];
  return heard.right.validations.output.map(({ message, path: at = [] }) => `${at.join(".")}: ${message}`);
}

/** Whether the document has this operation. An address that is written out goes before one with parts, as with Prism. */
function isDocumented(method: string, pathname: string, operations: Operations): boolean {
  const given = pathname.split("/");
  const here = operations.filter(({ path }) => {
    const parts = path.split("/");
    return parts.length === given.length && parts.every((part, at) => part.startsWith("{") || part === given[at]);
  });
  const writtenOut = here.filter(({ path }) => path === pathname);
  return (writtenOut.length > 0 ? writtenOut : here).some((operation) => operation.method === method.toLowerCase());
}
