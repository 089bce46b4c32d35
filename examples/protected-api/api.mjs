// A small API that knows no tokens. A proxy asks Latchkey about every call and says in headers who is calling.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { readIdentity } from "./identity.mjs";

const PORT = Number(process.env.API_PORT ?? 4000);
/** Who may say who calls. Anybody else who reaches this port could make an identity up. */
const PROXIES = new Set((process.env.PROXY_ADDRESSES ?? "127.0.0.1").split(",").map((address) => address.trim()));
const MOST_BYTES = 10 * 1024;

/** By organization, whose members see nothing of each other's. */
const events = new Map();

const server = createServer((request, response) => {
  void answer(request)
    .catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      return problem(500, "Internal Server Error");
    })
    .then(({ status, body }) => {
      const type = status < 400 ? "application/json" : "application/problem+json";
      const text = JSON.stringify(body);
      response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
      response.end(request.method === "HEAD" ? undefined : text);
    });
});

async function answer(request) {
  const caller = PROXIES.has(request.socket.remoteAddress.replace(/^::ffff:/, "")) && readIdentity(request.rawHeaders);
  // Not 401: a token would not help whoever comes past the proxy, and behind it this is our own mistake.
  if (!caller) return problem(403, "Forbidden", "This API is reached through its proxy, which says who calls.");
  const { pathname } = new URL(request.url, "http://api");
  if (pathname !== "/events") return problem(404, "Not Found");
  // The proxy has asked for the permission that the method needs. This is what the call does.
  switch (request.method) {
    case "GET":
    case "HEAD":
      return allowed(caller, "events:read") ?? { status: 200, body: { data: events.get(caller.organization) ?? [] } };
    case "POST":
      return allowed(caller, "events:write") ?? record(caller, await readBody(request));
    default:
      return problem(405, "Method Not Allowed");
  }
}

const allowed = (caller, permission) =>
  caller.permissions.has(permission) ? null : problem(403, "Forbidden", `This needs ${permission}.`);

function record(caller, text) {
  if (text === null) return problem(413, "Content Too Large");
  const name = nameIn(text);
  if (name === null) return problem(422, "Unprocessable Content", 'Send {"name": "…"} of at most 100 characters.');
  const event = { id: randomUUID(), name, at: new Date().toISOString(), token: caller.token, member: caller.member };
  events.set(caller.organization, [event, ...(events.get(caller.organization) ?? [])].slice(0, 100));
  return { status: 201, body: event };
}

function nameIn(text) {
  try {
    const name = JSON.parse(text)?.name;
    return typeof name === "string" && name !== "" && name.length <= 100 ? name : null;
  } catch {
    return null;
  }
}

async function readBody(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes <= MOST_BYTES ? Buffer.concat(chunks).toString() : null;
}

function problem(status, title, detail) {
  return { status, body: { type: "about:blank", title, status, ...(detail ? { detail } : {}) } };
}

// Whoever is not on this machine has no way to it but the proxy.
server.listen(PORT, "127.0.0.1", () => process.stdout.write(`The API listens on 127.0.0.1:${PORT}.\n`));
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
