import type { APIRequestContext, APIResponse } from "@playwright/test";
import { hear, isOfApi } from "@/test/openapi/hear-api";

const known = new WeakSet<object>();

/** Hears what a request context of Playwright asks for: all of its methods go through `fetch` of their prototype. */
export function hearRequests(context: APIRequestContext): void {
  const prototype = Object.getPrototypeOf(context) as APIRequestContext;
  if (known.has(prototype)) return;
  known.add(prototype);
  const { fetch } = prototype;
  prototype.fetch = async function (this: APIRequestContext, wanted, options): Promise<APIResponse> {
    const answer = await fetch.call(this, wanted, options);
    if (isOfApi(answer.url())) {
      const method = (options?.method ?? (typeof wanted === "string" ? "GET" : wanted.method())).toUpperCase();
      hear(answer.url(), { method, status: answer.status(), headers: answer.headers(), text: await answer.text() });
    }
    return answer;
  };
}
