import { expect, it, vi } from "vitest";
import type { RouteMethod } from "@/lib/auth/answer-request";
import { ENDPOINTS, type OperationId } from "@/lib/http/api-reference";
import type { Endpoint } from "@/lib/http/reference/endpoint";
import { callRoute } from "@/test/api";
import { NOW } from "@/test/clock";
import { EXAMPLE_CALLS } from "./calls";
import { renamed } from "./renamed";
import { type ExampleScene, exampleScene } from "./scene";

const RECORDED = "../../lib/http/reference/recorded-examples.json";

const routeOf = async ({ method, path }: Endpoint): Promise<RouteMethod> => {
  const file = path.replace(/\{(\w+)\}/g, "[$1]");
  const module = (await import(/* @vite-ignore */ `@/app${file}/route`)) as Record<string, RouteMethod>;
  const route = module[method];
  if (!route) throw new Error(`${path} does not answer ${method}`);
  return route;
};

/** The body that the reference shows, with the ids of this scene for those that it writes out. */
function bodyOf({ bodyExample, bodyType }: Endpoint, { known }: ExampleScene) {
  if (!bodyExample || bodyType === "form") return undefined;
  let text = JSON.stringify(bodyExample);
  for (const [id, written] of known) text = text.replaceAll(written, id);
  return JSON.parse(text);
}

/** What is no example: of the document, an example would be the document. */
const shown = (endpoint: Endpoint) => endpoint.answer !== null && endpoint.operationId !== "getDescription";

// `npm run examples` writes the file; here it is only compared.
it("shows of every operation what a server with PostgreSQL answers, with its secrets cut short", async () => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  const answers: Record<string, unknown> = {};
  for (const endpoint of ENDPOINTS.filter(shown)) {
    const scene = await exampleScene();
    const call = await EXAMPLE_CALLS[endpoint.operationId as OperationId](scene);
    const { status, json } = await callRoute(await routeOf(endpoint), {
      method: endpoint.method,
      body: call.form ? undefined : bodyOf(endpoint, scene),
      ...call,
      path: endpoint.path + (call.path ?? ""),
    });
    expect([endpoint.operationId, status, status < 300 ? "" : json]).toEqual([
      endpoint.operationId,
      endpoint.status,
      "",
    ]);
    expect(endpoint.answer?.parse(json)).toEqual(json);
    answers[endpoint.operationId] = renamed(json, scene.known);
  }
  vi.useRealTimers();
  const text = `${JSON.stringify(answers, null, 2)}\n`;
  expect(text).not.toMatch(/lk_(?:pat|svc|cls|tmp)_[0-9A-Za-z]{12}_[0-9A-Za-z]/);
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
  await expect(text).toMatchFileSnapshot(RECORDED);
}, 300_000);
