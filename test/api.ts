import type { NextRequest } from "next/server";
import { onTestFinished } from "vitest";
import type { Database } from "@/db/client";
import type { RouteMethod } from "@/lib/auth/answer-request";
import { AddressMisses } from "@/lib/authority/address-misses";
import { createAdmit } from "@/lib/authority/admit";
import { createAdmitClient } from "@/lib/authority/admit-client";
import { CallLimits } from "@/lib/authority/call-limits";
import type { Authority, AuthorityInside } from "@/lib/authority/create-authority";
import { createPromote } from "@/lib/authority/promote-secret";
import { RefusedCalls } from "@/lib/authority/refused-calls";
import { createTakeUp } from "@/lib/authority/take-up";
import { TokenCache } from "@/lib/authority/token-cache";
import { Usage } from "@/lib/authority/usage";
import { createVerify } from "@/lib/authority/verify";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { freshDatabase } from "./database";
import { holdToDocument } from "./openapi/hold-to-document";
import { routePath } from "./openapi/route-paths";

const process = globalThis as {
  latchkeyDatabase?: Database;
  latchkeyAuthority?: Authority & Pick<AuthorityInside, "cache">;
};

/**
 * Lets the routes of this process run on a database of the test's own, as a server would: the pool, the verifier and the
 * counts of use. Use is written only when the test asks for it.
 */
export async function serveApi(
  wish: { max?: number; deadline?: number } = {},
): Promise<Database & { url: string; usage: Usage; refusals: RefusedCalls; cache: TokenCache }> {
  const database = await freshDatabase({ max: wish.max });
  const usage = new Usage({ sql: database.sql });
  const refusals = new RefusedCalls({ sql: database.sql });
  process.latchkeyDatabase = database;
  const misses = new AddressMisses();
  const cache = new TokenCache();
  const { peppers } = mintingKeys();
  const verify = createVerify({
    sql: database.sql,
    peppers,
    accessTokens: accessTokenRules(),
    cache,
    misses,
    deadline: wish.deadline,
  });
  const takeUp = createTakeUp(createPromote({ sql: database.sql }));
  const { audiences } = accessTokenRules();
  const parts = { verify, usage, limits: new CallLimits(), takeUp, refusals, audiences };
  process.latchkeyAuthority = {
    admit: createAdmit(parts),
    admitClient: createAdmitClient(parts),
    verify,
    misses,
    takeUp,
    usage,
    refusals,
    cache,
    start: () => {},
    catchUp: async () => {},
    close: async () => {},
  };
  onTestFinished(async () => {
    await Promise.all([usage.close(), refusals.close()]);
    process.latchkeyDatabase = undefined;
    process.latchkeyAuthority = undefined;
  });
  return { ...database, usage, refusals, cache };
}

export interface ApiCall {
  token?: string;
  method?: string;
  /** Path and query; only what the route itself reads of it matters. */
  path?: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** A form instead of it. */
  form?: Record<string, string>;
  /** A body as it stands instead of both. */
  text?: string;
}

/** A form, as OAuth's endpoints take one. */
export const callForm = (
  route: RouteMethod,
  { headers, ...call }: Pick<ApiCall, "form" | "text" | "headers" | "path">,
) =>
  callRoute(route, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    ...call,
  });

/** Calls a route's method as Next would, and holds what it answers to the OpenAPI document. */
export async function callRoute(route: RouteMethod, call: ApiCall = {}) {
  const { token, method = "GET", path = "/api/v1", params = {}, body, form, text: sent } = call;
  const headers = new Headers(call.headers);
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const request = new Request(`http://latchkey.example${path}`, {
    method,
    headers,
    body: sent ?? (form ? new URLSearchParams(form) : body === undefined ? undefined : JSON.stringify(body)),
  });
  const response = await route(request as NextRequest, { params: Promise.resolve(params) });
  const text = await response.text();
  const template = routePath(route);
  if (template) {
    await holdToDocument({
      method,
      path: pathOf(template, params, path),
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
    });
  }
  return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : null };
}

/** The path as it would have been called. */
const pathOf = (template: string, params: Record<string, string>, called: string) =>
  template.includes("[[") ? called : template.replace(/\[(\w+)\]/g, (_, name) => params[name] ?? "x");

/** An access token of a client, exchanged as the client does it. */
export async function exchange(
  { id, secret }: { id: string; secret: string },
  more: Record<string, string> = {},
  scope?: string,
) {
  const { POST } = await import("@/app/api/v1/oauth/token/route");
  const request = new Request("http://latchkey.example/api/v1/oauth/token", {
    method: "POST",
    headers: {
      ...more,
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: `grant_type=client_credentials${scope === undefined ? "" : `&scope=${encodeURIComponent(scope)}`}`,
  });
  const response = await POST(request as NextRequest, { params: Promise.resolve({}) });
  const { access_token } = await response.json();
  return { status: response.status, headers: response.headers, token: access_token as string };
}
