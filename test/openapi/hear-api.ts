import { departureOf, type Exchange, type Operations, readOperations } from "./prism";

/** Answers of the API since the last look, each once: many are asked for over and over. */
const heard = new Map<string, Exchange>();
let operations: Promise<Operations> | undefined;

/** Whether an address is one that the document may know. */
export const isOfApi = (url: string) => /^\/(?:api\/v1|\.well-known)\//.test(new URL(url).pathname);

/** Remembers an answer of the API, whoever asked for it. */
export function hear(url: string, answer: Omit<Exchange, "path">): void {
  if (!isOfApi(url)) return;
  const { pathname, search } = new URL(url);
  const said = answer.text.replace(/"request_id":"[^"]*"/, "");
  heard.set(`${answer.method} ${url} ${answer.status} ${said}`, { ...answer, path: pathname + search });
}

/** What was answered while the test before was ending is not of this one. */
export const forgetHeard = () => heard.clear();

/** In words, what was heard since the last look and is not as the document of the server at `url` has it. */
export async function departures(url: string): Promise<string[]> {
  const exchanges = [...heard.values()];
  heard.clear();
  if (exchanges.length === 0) return [];
  operations ??= readDocument(url);
  const found: string[] = [];
  for (const exchange of exchanges) {
    const departure = await departureOf(exchange, await operations);
    if (departure) found.push(departure);
  }
  return found;
}

const ask = globalThis.fetch;

const readDocument = async (url: string) => readOperations(await (await ask(`${url}/api/v1/openapi.json`)).json());

/** Hears what tests ask for by `fetch`. */
globalThis.fetch = async (input, init) => {
  const response = await ask(input, init);
  const url = response.url || String(input instanceof Request ? input.url : input);
  if (isOfApi(url)) {
    const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
    // An answer that is cut off is nobody's to judge.
    const text = await response
      .clone()
      .text()
      .catch(() => null);
    if (text !== null)
      hear(url, { method, status: response.status, headers: Object.fromEntries(response.headers), text });
  }
  return response;
};
