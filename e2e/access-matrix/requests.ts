import type { ActionRow, PageRow } from "./build-rows";
import type { PageOutcome } from "./oracle";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Call {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | FormData;
}

/** One request as it is: nothing is followed, and nothing added but what is given. */
export async function send({ url, ...init }: Call): Promise<Answer> {
  const response = await fetch(url, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** An address without its dynamic parts. */
export const fillIn = (path: string, id: string) =>
  path
    .replace(/\[\[\.\.\.\w+\]\]/, "nothing/here")
    .replace("[code]", "not_found")
    .replace(/\[\w+\]/, id);

/** How the router and the browser ask for one and the same page. */
export const FORMS = ["document", "payload", "payload without its layouts", "prefetch", "prefetch of a part"] as const;
export type Form = (typeof FORMS)[number];

/**
 * The state of a router that shows a neighbour of the page: everything above it counts as there already, so the server
 * renders, and asks, the page alone.
 */
function neighbourState(segments: readonly string[]): string {
  const above = segments.slice(0, -1);
  const leaf = ["elsewhere", { children: ["__PAGE__", {}] }];
  const tree = above.reduceRight<unknown[]>((inner, segment) => [segment, { children: inner }], leaf);
  return encodeURIComponent(JSON.stringify(["", { children: tree }]));
}

function headersOf(form: Form, segments: readonly string[]): Record<string, string> {
  switch (form) {
    case "document":
      return { accept: "text/html" };
    case "payload":
      return { rsc: "1" };
    case "payload without its layouts":
      return { rsc: "1", "next-router-state-tree": neighbourState(segments) };
    case "prefetch":
      return { rsc: "1", "next-router-prefetch": "1" };
    case "prefetch of a part":
      return { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" };
  }
}

/** Asks for a page in one of its forms. `search` begins with a question mark. */
export async function openPage(
  origin: string,
  { path, segments }: PageRow,
  form: Form,
  visit: { id?: string; search?: string; headers: Record<string, string> },
): Promise<Answer & { outcome: PageOutcome }> {
  const headers = { ...visit.headers, ...headersOf(form, segments) };
  const asked = `${origin}${fillIn(path, visit.id ?? "")}${visit.search ?? ""}`;
  let answer = await send({ url: asked, headers });
  const target = answer.headers.get("location");
  // A payload is asked for with a digest of its headers, which Next says where it is missing.
  if (form !== "document" && target?.includes("_rsc")) {
    answer = await send({ url: new URL(target, asked).href, headers });
  }
  return { ...answer, outcome: outcomeOf(answer, asked) };
}

/** What a page did, also where its first bytes were sent before it had decided. */
function outcomeOf({ status, headers, text }: Answer, asked: string): PageOutcome {
  const sent = headers.get("location") ?? /NEXT_REDIRECT;(?:replace|push);([^;"\\]+);/.exec(text)?.[1];
  if (sent !== undefined && sent !== null) return `to ${new URL(sent, asked).pathname}`;
  if (status === 404 || text.includes("NEXT_HTTP_ERROR_FALLBACK;404")) return "not found";
  if (status === 200) return "shown";
  throw new Error(`${asked} answered ${status}`);
}

export interface ActionAnswer extends Answer {
  /** `ok`, `invalid`, `signed out`, `unavailable`, the code of a refusal, or `nothing` where no action answered. */
  said: string;
  value: Record<string, unknown> | null;
}

/**
 * Calls a server action as the browser does: by its id, from a page, with its arguments encoded by React. `from` stands
 * in for the headers that say where the page is.
 */
export async function runAction(
  origin: string,
  { id, pages }: Pick<ActionRow, "id" | "pages">,
  call: { input: unknown; headers: Record<string, string>; page?: string; from?: Record<string, string> },
): Promise<ActionAnswer> {
  const page = fillIn(call.page ?? pages[0] ?? "/", "000000000000");
  const answer = await send({
    url: origin + page,
    method: "POST",
    headers: {
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": id,
      ...(call.from ?? { origin }),
      ...call.headers,
    },
    body: JSON.stringify([call.input]),
  });
  return { ...answer, ...resultIn(answer.text) };
}

/** The `ActionResult` in React's rows: the first names the row that holds what the action returned. */
function resultIn(text: string): Pick<ActionAnswer, "said" | "value"> {
  const row = /^0:\{"a":"\$@(\w+)"/m.exec(text)?.[1];
  const json = row && new RegExp(`^${row}:(\\{.*\\})$`, "m").exec(text)?.[1];
  if (!json) return { said: "nothing", value: null };
  const result = JSON.parse(json);
  if (result.ok) return { said: "ok", value: result.value };
  if (result.refusal) return { said: result.refusal.code, value: null };
  if (result.invalid) return { said: "invalid", value: null };
  return { said: result.signedOut ? "signed out" : "unavailable", value: null };
}

/** Runs `work` on each item, a few at a time, and gives the results in the order of the items. */
export async function each<T, R>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<R>,
  width = 8,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
