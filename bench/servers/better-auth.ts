// `node:http` with nothing before its answer but better-auth's check of an API key.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { openBetterAuth } from "../better-auth";

const { verify } = await openBetterAuth(process.env.BENCH_PEER_URL ?? "");
const OK = JSON.stringify({ valid: true });
const REFUSED = JSON.stringify({ valid: false });

async function answer({ headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const key = headers.authorization?.slice("Bearer ".length);
  const valid = key !== undefined && (await verify(key));
  const body = valid ? OK : REFUSED;
  response.writeHead(valid ? 200 : 401, { "Content-Type": "application/json", "Content-Length": body.length });
  response.end(body);
}

createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
}).listen(Number(process.env.PORT), "127.0.0.1");
