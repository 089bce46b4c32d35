import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpProxyConfig,
  type IHttpRequest,
  type IHttpResponse,
} from "@stoplight/prism-http";
import pino from "pino";
import { openApiDocument } from "@/lib/http/openapi/document";

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

const operations = getHttpOperationsFromSpec(openApiDocument("https://tokens.acme.example", { closed: true }));

const logger = Object.assign(pino({ level: "silent" }), { success: () => {} });

/**
 * What Prism in proxy mode says against an answer; nothing where it is as documented. Prism hears the answer in place of
 * fetching it, so that what is tested runs once, and on the request as it was sent.
 */
export async function violationsOf(exchange: Exchange): Promise<string[]> {
  const { method, path, status, headers, text } = exchange;
  const output: IHttpResponse = {
    statusCode: status,
    headers,
    body: isJson(headers) && text ? JSON.parse(text) : text,
  };
  const prism = createInstance(CONFIG, {
    logger,
    forward: () => () => async () => ({ _tag: "Right", right: output }),
  });
  const { pathname } = new URL(path, UPSTREAM);
  const input: IHttpRequest = { method: method.toLowerCase() as IHttpRequest["method"], url: { path: pathname } };
  const heard = await prism.request(input, await operations)();
  if (heard._tag === "Left") return [heard.left.message];
  return heard.right.validations.output.map(({ message, path: at = [] }) => `${at.join(".")}: ${message}`);
}

const isJson = (headers: Record<string, string>) => /\bjson\b/.test(headers["content-type"] ?? "");

/** Whether the document has this operation. An address that is written out goes before one with parts, as with Prism. */
export async function isDocumented(method: string, pathname: string): Promise<boolean> {
  const given = pathname.split("/");
  const here = (await operations).filter(({ path }) => {
    const parts = path.split("/");
    return parts.length === given.length && parts.every((part, at) => part.startsWith("{") || part === given[at]);
  });
  const writtenOut = here.filter(({ path }) => path === pathname);
  return (writtenOut.length > 0 ? writtenOut : here).some((operation) => operation.method === method.toLowerCase());
}
