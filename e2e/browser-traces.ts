import type { BrowserContext, Page, Request, Response } from "@playwright/test";

/** What went over the network between the pages of a context and anybody, as far as it matters who could read it later. */
export interface NetworkRecord {
  /** Addresses and bodies that were sent. */
  sent: { request: Request; text: string }[];
  /** What came back: status line, headers and body. */
  received: { response: Response; text: string }[];
  /** Waits for the bodies that are still on their way. */
  complete(): Promise<void>;
}

/** Records every request and answer of the context from now on. */
export function recordNetwork(context: BrowserContext): NetworkRecord {
  const record: NetworkRecord = {
    sent: [],
    received: [],
    complete: async () => {
      await Promise.all(reading);
    },
  };
  const reading: Promise<void>[] = [];
  context.on("request", (request) => {
    record.sent.push({ request, text: `${request.url()}\n${request.postData() ?? ""}` });
  });
  context.on("response", (response) => {
    const read = async () => {
      const headers = JSON.stringify(await response.allHeaders());
      // A redirect has no body, and one that the page no longer waits for never arrives.
      const body = await response.text().catch(() => "");
      record.received.push({ response, text: `${headers}\n${body}` });
    };
    reading.push(read());
  });
  return record;
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
