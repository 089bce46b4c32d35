import { existsSync } from "node:fs";
import { constants } from "node:os";
import { setFlagsFromString } from "node:v8";
import { authority } from "@/lib/authority/authority";
import { leave } from "@/lib/authority/leave-before-exit";
import { database } from "@/lib/database";
import { type CheckingEnvironment, env } from "@/lib/env";
import { AnswerCounts } from "@/lib/gate/answer-counts";
import { type RunningGate, startGate } from "@/lib/gate/start-gate";
import { readiness } from "@/lib/http/readiness";
import { errorFacts, log } from "@/lib/log";
import { addGateMetrics } from "@/lib/metrics/gate-metrics";
import { startMetrics } from "@/lib/metrics/start-metrics";
import { apiAudience, knownAudiences } from "@/lib/oauth/audiences";
import { listenProblem } from "./launcher/ports";
import { StartProblem } from "./launcher/start-problem";
import { hearStopRequests } from "./launcher/stop-requests";

/** Ends the process; once it serves, after what it has taken is answered and counted. The second time, at once. */
let end: (code: number) => void = process.exit;

/**
 * `npm run gate`: serves until it is told to stop. It then answers what it has taken, writes the counts of use, signs its
 * instance off and exits as the web server does, with 128 and the signal's number; told again, at once.
 */
async function run(): Promise<void> {
  const settings = readSettings();
  const answers = new AnswerCounts();
  const gate = await open(settings, answers);
  end = (code) => {
    end = process.exit;
    void gate
      .drain()
      .then(leave)
      .finally(() => process.exit(code));
  };
  authority().start();
  startMetrics({
    server: "gate",
    port: settings.GATE_METRICS_PORT,
    authority: authority(),
    add: (registry) => addGateMetrics(registry, answers),
  });
  hearStopRequests({
    stop: (signal = "SIGTERM") => end(128 + constants.signals[signal]),
    stopAtOnce: () => process.exit(130),
  });
  // The launcher has a line of its own.
  if (!process.env.LATCHKEY_QUIET) console.log(`ready at ${gate.url}`);
}

function readSettings(): CheckingEnvironment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  try {
    return env();
  } catch (error) {
    throw new StartProblem(error instanceof Error ? error.message : "The settings cannot be read.");
  }
}

async function open(
  { GATE_HOST, GATE_PORT, GATE_TRUSTED_PROXIES, PUBLIC_URL }: CheckingEnvironment,
  answers: AnswerCounts,
): Promise<RunningGate> {
  if (GATE_PORT === null) throw new StartProblem("GATE_PORT is off: set it to the port that the gate is to listen on.");
  const parts = {
    authority: authority("gate"),
    db: database().db,
    readiness,
    publicUrl: PUBLIC_URL,
    audiences: { own: apiAudience(), all: knownAudiences() },
    trustedProxies: GATE_TRUSTED_PROXIES,
    answers,
  };
  try {
    return await startGate(parts, { host: GATE_HOST, port: GATE_PORT });
  } catch (error) {
    throw listenProblem(error, { name: "GATE_PORT", port: GATE_PORT, host: GATE_HOST });
  }
}

process.on("uncaughtException", (error) => {
  log().fatal({ error: errorFacts(error) }, "the gate ends by a mistake of its own");
  end(1);
});

// What a gate keeps, it keeps for long, and makes little besides: without this its heap would grow to three times of that
// before it is looked through.
setFlagsFromString("--heap-growing-percent=20");

run().catch((error: unknown) => {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
});
