import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { Page } from "@playwright/test";

/** One request with its answer, whole: what the network between a browser and the server could see. */
export interface Exchange {
  method: string;
  url: string;
  /** Address, headers and body. */
  sent: string;
  /** Status, headers and body. */
  received: string;
  cacheControl: string | undefined;
}

/** A proxy for plain HTTP that remembers every exchange, also those that the page did not wait for. */
export async function recordingProxy(): Promise<{ server: string; exchanges: Exchange[]; close(): Promise<void> }> {
  const exchanges: Exchange[] = [];
  const proxy = createServer((request, response) => {
    // A compressed body could not be searched.
    const { "accept-encoding": _, ...headers } = request.headers;
    const { method = "", url = "" } = request;
    const [sent, received]: [Buffer[], Buffer[]] = [[], []];
    const onward = forward(url, { method, headers }, (answer) => {
      answer.on("data", (chunk: Buffer) => received.push(chunk));
      answer.once("close", () =>
        exchanges.push({
          method,
          url,
          sent: `${method} ${url}\n${JSON.stringify(headers)}\n${Buffer.concat(sent)}`,
          received: `${answer.statusCode} ${JSON.stringify(answer.headers)}\n${Buffer.concat(received)}`,
          cacheControl: answer.headers["cache-control"],
        }),
      );
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.on("data", (chunk: Buffer) => sent.push(chunk));
    request.pipe(onward);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return {
    server: `http://127.0.0.1:${address.port}`,
    exchanges,
    close: async () => {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

/** What stays where a thing was written, whatever the page does afterwards. */
const PLACES = [
  "localStorage",
  "sessionStorage",
  "IndexedDB",
  "caches",
  "cookies",
  "history state",
  "history",
] as const;
export type Place = (typeof PLACES)[number];

/** Everything that this browser keeps for the page's origin, as text by place. */
export async function browserKeeps(page: Page): Promise<Record<Place, string>> {
  const inPage = await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const databases: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ""));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        databases.push(name, store, await settled(rows.getAllKeys()), await settled(rows.getAll()));
      }
      database.close();
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
    }
    return {
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      IndexedDB: JSON.stringify(databases),
      caches: JSON.stringify(cached),
      "history state": JSON.stringify(history.state),
    };
  });
  const devTools = await page.context().newCDPSession(page);
  const visited = await devTools.send("Page.getNavigationHistory");
  await devTools.detach();
  const cookies = await page.context().cookies();
  return { ...inPage, cookies: JSON.stringify(cookies), history: JSON.stringify(visited) };
}

/** Leaves `mark` in every place that `browserKeeps` looks into. */
export async function leaveMark(page: Page, mark: string): Promise<void> {
  await page.evaluate(async (text) => {
    localStorage.setItem("mark", text);
    sessionStorage.setItem("mark", text);
    await (await caches.open("mark")).put("/mark", new Response(text));
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open("mark", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("mark").put(text, "mark");
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
      opening.onerror = () => reject(opening.error);
    });
    // biome-ignore lint/suspicious/noDocumentCookie: a script of the page could leave it there like this
    document.cookie = `mark=${text}; path=/`;
    history.replaceState({ ...history.state, mark: text }, "", `#${text}`);
  }, mark);
}

/** Everything on the page, also what fields hold and what no style shows. */
export async function pageHolds(page: Page): Promise<string> {
  const fields = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].map(({ value }) => value),
  );
  return `${page.url()}\n${await page.title()}\n${await page.content()}\n${fields.join("\n")}`;
}
