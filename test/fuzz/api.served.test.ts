import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { servedDatabase } from "../served/scene";
import { type ApiDocument, type Operation, readDocument } from "./api-document";
import { BROKEN } from "./broken-requests";
import type { Bytes } from "./hostile-bodies";
import { faultsOf } from "./judge";
import { type RawRequest, requestsOf } from "./raw-request";
import { bytesOf, type RawAnswer, sendRaw } from "./send-raw";
import { Stage } from "./stage";

/** Other ones with FUZZ_SEED and FUZZ_REQUESTS. */
const seed = Number(process.env.FUZZ_SEED ?? 20_260_615);
const requests = Number(process.env.FUZZ_REQUESTS ?? 20_000);
/** Operations that are tried at the same time. */
const AT_ONCE = 3;
/** Calls after which an operation is tried in another organization. */
const RENEW_AFTER = 400;

const url = inject("servedUrl");
const { db } = servedDatabase();
const document = readDocument(await (await fetch(`${url}/api/v1/openapi.json`)).text());

const ENDS_CREDENTIALS = /^DELETE|self|revoke|logout|refresh|rotate/;

/** Whether it showed one credential that lets in whoever sends it, unless a call before has ended it. */
function isGood({ headers }: RawRequest): boolean {
  const shown = headers.filter(([name]) => name === "Authorization");
  return shown.length === 1 && /^(?:Bearer PH\.(?:pat_|access\b|login)|Basic PH\.basic\b)/.test(shown[0]?.[1] ?? "");
}

interface Call {
  operation: string;
  status: number;
  milliseconds: number;
}
const calls: Call[] = [];
/** Of every credential that was sent, a part that gives it away. */
const shownOnce = new Set<string>();
const PART = 20;

/** One of many addresses, so that what is counted by address hides nothing. */
const someAddress = (number: number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
let sent = 0;

async function call(request: RawRequest, stage: Stage): Promise<{ answer: RawAnswer; faults: string[] }> {
  sent += 1;
  const from = request.headers.some(([name]) => name === "X-Forwarded-For")
    ? []
    : ([["X-Forwarded-For", someAddress(sent)]] as const);
  const parts = [request.target, ...request.headers.map(([, value]) => value), request.body ?? ""];
  const { text, secrets } = await stage.fill(parts.join("\u0100"));
  for (const secret of secrets) shownOnce.add(secret.slice(0, PART));
  const [target = "", ...values] = text.split("\u0100");
  const body = request.body === null ? null : (values.pop() ?? "");
  const headers = request.headers.map(([name], at) => [name, values[at] ?? ""] as const);
  const filled: RawRequest = { ...request, target, body, headers: [...headers, ...from] };
  const answer = await sendRaw(url, bytesOf(filled, new URL(url).host));
  return { answer, faults: faultsOf(filled, answer, { document, secrets }) };
}

/** As it can be read and sent again: what is no ASCII stands as an escape. */
const shown = (bytes: Bytes) =>
  JSON.stringify(bytes.length > 3000 ? `${bytes.slice(0, 3000)}… ${bytes.length}` : bytes);

const seen = ({ status, headers, body }: RawAnswer) =>
  `${status} ${JSON.stringify(headers)}\n${body.toString("utf8").slice(0, 1000)}`;

async function tryOperation(operation: Operation, document: ApiDocument, numRuns: number): Promise<void> {
  const stage = new Stage(db);
  const name = `${operation.method} ${operation.path}`;
  let runs = 0;
  const property = fc.asyncProperty(requestsOf(operation, document), async (request) => {
    runs += 1;
    if (runs % RENEW_AFTER === 0) stage.renew();
    const { answer, faults } = await call(request, stage);
    calls.push({ operation: name, status: answer.status, milliseconds: answer.milliseconds });
    if (answer.status === 401 && isGood(request)) stage.renew();
    else if (answer.status < 300 && ENDS_CREDENTIALS.test(name)) stage.renewCredentials();
    if (faults.length > 0) throw new Error([...faults, seen(answer)].join("\n"));
  });
  const result = await fc.check(property, { numRuns, seed, endOnFailure: false });
  if (!result.failed) return;
  const [found] = result.counterexample ?? [];
  const lines = [
    `${name} with FUZZ_SEED=${seed}, path ${result.counterexamplePath}, after ${result.numRuns} requests:`,
    (result.errorInstance as Error | null)?.message,
    found && shown(bytesOf(found, "localhost")),
  ];
  throw new Error(lines.filter(Boolean).join("\n"));
}

const rank = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

describe(`${requests} requests, seed ${seed}`, () => {
  const { operations } = document;

  it("has every operation of the API in its document", () => {
    expect(document.version).toMatch(/^3\.1\./);
    expect(operations.length).toBeGreaterThan(25);
  });

  it("answers each operation as documented, without a fault of the server, an inside or a secret", async () => {
    const each = Math.ceil(requests / operations.length);
    const waiting = [...operations];
    const failures: string[] = [];
    const begun = performance.now();
    const work = async () => {
      for (let operation = waiting.shift(); operation; operation = waiting.shift())
        await tryOperation(operation, document, each).catch((error: unknown) => failures.push(String(error)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const seconds = (performance.now() - begun) / 1000;
    const times = calls.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
    const good = calls.filter(({ status }) => status < 300).length;
    console.log(
      `${calls.length} requests to ${operations.length} operations in ${seconds.toFixed(0)} s; median ${rank(times, 0.5).toFixed(1)} ms, p99 ${rank(times, 0.99).toFixed(1)} ms, longest ${rank(times, 1).toFixed(0)} ms; ${good} succeeded`,
    );
    expect(failures.join("\n\n")).toBe("");
    // Otherwise it would only have tried how requests are refused.
    const succeeded = new Set(calls.filter(({ status }) => status < 300).map(({ operation }) => operation));
    expect(operations.map(({ method, path }) => `${method} ${path}`).filter((name) => !succeeded.has(name))).toEqual(
      [],
    );
    // Two and a half minutes on two cores that have nothing else to do.
  }, 400_000);

  it("answers in less than 200 ms at the median, of every operation", () => {
    expect(calls.length).toBeGreaterThanOrEqual(requests);
    const slow = operations
      .map(({ method, path }) => `${method} ${path}`)
      .map((name) => {
        const times = calls.filter(({ operation }) => operation === name).map(({ milliseconds }) => milliseconds);
        return {
          name,
          median: rank(
            times.toSorted((one, other) => one - other),
            0.5,
          ),
        };
      })
      .filter(({ median }) => median >= 200);
    expect(slow).toEqual([]);
  });
});

it("leaves no credential in the log that was sent with any of them, in whichever place", async () => {
  const log = await readFile(inject("servedLog"), "utf8");
  expect(log).toContain("/api/v1/oauth/token");
  const kept = [...log.matchAll(/[\w-]{20,}/g)].flatMap(([word]) =>
    Array.from({ length: word.length - PART + 1 }, (_, at) => word.slice(at, at + PART)).filter((part) =>
      shownOnce.has(part),
    ),
  );
  expect(shownOnce.size).toBeGreaterThan(20);
  expect(kept).toEqual([]);
});

describe("what is no request of HTTP", () => {
  it.each(BROKEN)("%s is refused with nothing said, and the server goes on", async (_, bytes) => {
    const { status, body } = await sendRaw(url, bytes.replaceAll("HOST", new URL(url).host), { cut: true });
    expect([0, 400, 401, 405, 408, 411, 413, 414, 417, 426, 431, 501]).toContain(status);
    expect(body.toString("latin1")).not.toMatch(/\bat \S+:\d+|node_modules|Error:/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
