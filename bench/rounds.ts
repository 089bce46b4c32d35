/** Whether nothing makes this run shorter or smaller than the one whose figures are kept. */
export const isWhole = !["BENCH_ROUNDS", "BENCH_SECONDS", "BENCH_TOKENS"].some((name) => process.env[name]);

/** How long everything takes; a quiet machine needs no more. */
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
export const CONNECTIONS = 32;

/**
 * Runs what is compared in turns, several rounds, each round beginning with another: whoever comes later finds a warmer
 * machine. One turn of each before them counts for nothing. Returns what each measured, in the order of the rounds.
 */
export async function inTurns<T extends Record<string, () => Promise<unknown>>>(
  compared: T,
  rounds = ROUNDS,
): Promise<{ [Name in keyof T]: Awaited<ReturnType<T[Name]>>[] }> {
  const names = Object.keys(compared);
  const measured = Object.fromEntries(names.map((name) => [name, [] as unknown[]]));
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] as string;
      const result = await compared[name]?.();
      if (round > 0) measured[name]?.push(result);
    }
    process.stderr.write(round === 0 ? "  warm" : `, ${round}`);
  }
  process.stderr.write("\n");
  return measured as { [Name in keyof T]: Awaited<ReturnType<T[Name]>>[] };
}

export interface InProcess {
  /** A second, by the clock on the wall. */
  rate: number;
  /** Processor time of this process in microseconds a call. */
  microseconds: number;
  calls: number;
}

/** Has `callers` call one after the other until the time is over; every call has to resolve to true. */
export async function callFor(
  seconds: number,
  callers: number,
  call: (caller: number, turn: number) => boolean | Promise<boolean>,
): Promise<InProcess> {
  let calls = 0;
  const began = performance.now();
  const used = process.cpuUsage();
  const end = began + seconds * 1000;
  const one = async (caller: number) => {
    for (let turn = 0; performance.now() < end; turn++) {
      if (!(await call(caller, turn))) throw new Error("a call that should have been let in was not");
      calls++;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => one(caller)));
  const { user, system } = process.cpuUsage(used);
  return { rate: calls / ((performance.now() - began) / 1000), microseconds: (user + system) / calls, calls };
}
