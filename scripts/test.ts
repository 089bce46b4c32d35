// `npm test`: every check there is, one after the other, and the sum of them as the last line.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Count {
  passed: number;
  failed: number;
  /** Tests that could not run here, and said so. */
  notRun?: number;
  /** Said beside the count. */
  note?: string;
}

interface Step {
  name: string;
  /** An npm script and its arguments. */
  run: string[];
  /** A step that takes longer hangs, and is ended. */
  minutes: number;
  env?: Record<string, string>;
  /** Reads how many tests ran, for steps that consist of tests; any other step is one check. */
  count?: () => Count;
  /** Not run when the step of this name failed. */
  needs?: string;
  /** Needs programs that a developer may not have, and then runs nothing. `TEST_TOOLS=required` makes that a failure. */
  mayBeAbsent?: boolean;
}

const reports = mkdtempSync(join(tmpdir(), "latchkey-reports-"));
const report = (name: string) => join(reports, `${name}.json`);
const read = (name: string): unknown => JSON.parse(readFileSync(report(name), "utf8"));

const vitest = (script: string): Pick<Step, "run" | "count"> => ({
  run: [script, "--", "--reporter=default", "--reporter=json", `--outputFile.json=${report(script.replace(":", "-"))}`],
  count: () => {
    const sum = read(script.replace(":", "-")) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      success: boolean;
    };
    // A file that cannot be loaded has no tests to fail.
    const unloaded = sum.success || sum.numFailedTests > 0 ? 0 : 1;
    return {
      passed: sum.numPassedTests,
      failed: sum.numFailedTests + unloaded,
      ...(sum.numPendingTests > 0 ? { notRun: sum.numPendingTests } : {}),
    };
  },
});

const steps: Step[] = [
  { name: "format and lint", run: ["lint"], minutes: 2 },
  { name: "OpenAPI document", run: ["lint:openapi"], minutes: 1 },
  { name: "types", run: ["types"], minutes: 2 },
  { name: "dead code", run: ["knip"], minutes: 2 },
  { name: "unit tests", ...vitest("test:unit"), minutes: 2 },
  { name: "database tests", ...vitest("test:db"), minutes: 20 },
  { name: "endurance", ...vitest("test:endurance"), minutes: 12 },
  { name: "proxies", ...vitest("test:proxies"), minutes: 5, mayBeAbsent: true },
  { name: "build", run: ["build"], minutes: 5 },
  { name: "the API of a server that runs", ...vitest("test:served"), minutes: 6, needs: "build" },
  {
    name: "journeys in a browser",
    run: ["e2e"],
    minutes: 25,
    needs: "build",
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("e2e") },
    count: () => {
      const { stats, errors } = read("e2e") as {
        stats: { expected: number; unexpected: number; flaky: number; skipped: number };
        errors: unknown[];
      };
      return {
        passed: stats.expected,
        failed: stats.unexpected + stats.flaky + errors.length,
        ...(stats.skipped > 0 ? { notRun: stats.skipped } : {}),
      };
    },
  },
];

/** Nobody reads colours in a log. */
const plain: Record<string, string | undefined> = process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined };

let running: ChildProcess | undefined;

function endRunning(signal: NodeJS.Signals): void {
  if (running?.pid === undefined) return;
  try {
    // Its whole group: npm does not pass everything on.
    process.kill(process.platform === "win32" ? running.pid : -running.pid, signal);
  } catch {
    running.kill(signal);
  }
}

function npmRun({ run, minutes, env }: Step): Promise<{ code: number; timedOut: boolean }> {
  return new Promise((resolve) => {
    const windows = process.platform === "win32";
    const child = spawn("npm", ["run", "--silent", ...run], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...plain, CI: "true", NEXT_TELEMETRY_DISABLED: "1", ...env } as NodeJS.ProcessEnv,
      detached: !windows,
      shell: windows,
    });
    running = child;
    let timedOut = false;
    const timers = [
      setTimeout(() => {
        timedOut = true;
        endRunning("SIGTERM");
      }, minutes * 60_000),
      setTimeout(() => endRunning("SIGKILL"), minutes * 60_000 + 20_000),
    ];
    const finish = (code: number) => {
      for (const timer of timers) clearTimeout(timer);
      running = undefined;
      resolve({ code, timedOut });
    };
    child.once("error", (error) => {
      console.error(error.message);
      finish(1);
    });
    child.once("close", (code) => finish(code ?? 1));
  });
}

async function check(step: Step, failedSteps: ReadonlySet<string>): Promise<Count> {
  if (step.needs && failedSteps.has(step.needs)) {
    return { passed: 0, failed: 1, note: `not run, since "${step.needs}" failed` };
  }
  const { code, timedOut } = await npmRun(step);
  if (timedOut) return { passed: 0, failed: 1, note: `ended after ${step.minutes} minutes` };
  if (!step.count) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const counted = step.count();
    if (counted.failed === 0 && code !== 0) return { ...counted, failed: 1, note: `ended with ${code}` };
    if (counted.passed + counted.failed + (step.mayBeAbsent ? (counted.notRun ?? 0) : 0) === 0)
      return { passed: 0, failed: 1, note: "no test ran" };
    return counted;
  } catch {
    return { passed: 0, failed: 1, note: `ended with ${code} and left no report` };
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    endRunning(signal);
    rmSync(reports, { recursive: true, force: true });
    process.exit(1);
  });
}

function aside({ notRun, note }: Count): string {
  const said = [...(notRun ? [`${notRun} not run`] : []), ...(note ? [note] : [])];
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

const started = Date.now();
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const failedSteps = new Set<string>();
const summary: string[] = [];
let passed = 0;
let failed = 0;

for (const step of steps) {
  console.log(`\n=== ${step.name}`);
  const since = Date.now();
  const count = await check(step, failedSteps);
  passed += count.passed;
  failed += count.failed;
  if (count.failed > 0) failedSteps.add(step.name);
  const line = `${step.name}: ${count.passed} passed, ${count.failed} failed in ${seconds(since)}${aside(count)}`;
  summary.push(line);
  console.log(`--- ${line}`);
}

rmSync(reports, { recursive: true, force: true });
console.log(`\n${summary.join("\n")}\nall in ${seconds(started)}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
