import { expect } from "vitest";
import { type Asked, answeringServer, type Said } from "./answering-server";
import { commandLine } from "./typed";

export const SECRET = "lk_pat_1m9YQ2zk7hVd_thisIsTheSecretThatNobodyMayEverSee0000000000";
export const PASSWORD = "correct horse battery staple";
export const role = { id: "0198a4d2-3c1e-7b50-9c0a-5f1f6a2d7e11", name: "Engineer" };
export const token = {
  id: "1m9YQ2zk7hVd",
  kind: "pat",
  name: "Order sync",
  description: null,
  masked: "lk_pat_1m9Y…",
  status: "active",
  issued_by: { id: "0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57", name: "Amara Okafor", email: "amara@acme.example" },
  role,
  permissions: ["members:read"],
  outside_policy: [],
  allowed_networks: [],
  rotation: null,
  created_at: "2026-03-12T09:30:00.000Z",
  expires_at: "2027-03-12T09:30:00.000Z",
  last_used_at: null,
  last_used_ip: null,
  deletion_at: null,
  deleted_at: null,
};
const me = {
  ...token,
  organization: { id: "0", name: "Acme", slug: "acme" },
  issued_by: { ...token.issued_by, role },
  groups: [],
};

export const problem = (status: number, code: string, title = "No."): Said => ({
  status,
  body: { title, status, code, request_id: "req-1" },
});

/** A server of the API's form that knows one token, one person and one client. */
export function api({ url, method, headers, body }: Asked): Said {
  const path = url.split("?")[0] ?? "";
  const grant = { token_type: "Bearer", expires_in: 3600, scope: "tokens:read", organization: me.organization };
  if (path === "/api/v1/auth/login")
    return JSON.parse(body).password === PASSWORD
      ? { body: { ...grant, access_token: "a.b.1", refresh_token: "refresh-1", refresh_expires_in: 86_400 } }
      : problem(401, "sign_in_failed", "Email or password is wrong.");
  if (path === "/api/v1/auth/refresh")
    return { body: { ...grant, access_token: "a.b.2", refresh_token: "refresh-2", refresh_expires_in: 86_400 } };
  if (path === "/api/v1/auth/logout") return { body: { id: "0", status: "ended", ended_at: token.created_at } };
  if (path === "/api/v1/oauth/token") return { body: { ...grant, access_token: "a.b.client" } };
  if (path === "/api/v1/oauth/introspect")
    return { body: { active: body === `token=${SECRET}`, scope: "tokens:read" } };
  if (path === "/api/v1/oauth/revoke") return { body: {} };
  if (!["a.b.1", "a.b.2", "a.b.client", SECRET].includes(headers.authorization?.replace("Bearer ", "") ?? ""))
    return problem(401, "invalid_token", "The token is not valid.");
  if (path === "/api/v1/me") return { body: me };
  if (path === "/api/v1/roles") return { body: { data: [role, { ...role, name: "Viewer" }], next_cursor: null } };
  if (path === "/api/v1/tokens" && method === "POST") return { status: 201, body: { ...token, secret: SECRET } };
  if (path === "/api/v1/tokens")
    return {
      body: { data: [token, { ...token, id: "2m9YQ2zk7hVd", name: "Naïve 東京 \u001b[31mred" }], next_cursor: "2" },
    };
  if (path.endsWith("/rotate")) return { body: { ...token, secret: SECRET } };
  if (path === `/api/v1/tokens/${token.id}`)
    return { body: method === "DELETE" ? { ...token, status: "deleted" } : token };
  return problem(404, "not_found", "There is nothing here.");
}

/** Somebody who is signed in to it at a command line. */
export async function signedIn() {
  const server = await answeringServer(api);
  const shell = commandLine({ LATCHKEY_HOST: server.url });
  const login = await shell.latchkey(["login", "--email", "amara@acme.example"], { stdin: `${PASSWORD}\n` });
  expect(login).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: `Signed in to ${server.url} as Amara Okafor at Acme (default).\n`,
  });
  return { ...server, ...shell };
}
