/** A process that runs the jobs. */
export interface Worker {
  host: string;
  pid: number;
  since: Date;
}

/** What all connections of workers begin with. */
export const WORKERS = "latchkey-jobs ";

/** How a worker's connections are called: the database then knows who works now, and forgets whoever is killed at once. */
export function workerName({ host, pid, since }: Worker): string {
  // PostgreSQL keeps 63 bytes, and only ASCII.
  const shown = host.replace(/[^A-Za-z0-9.-]/g, "-").slice(0, 30);
  return `${WORKERS}${shown} ${pid} ${Math.floor(since.getTime() / 1000).toString(36)}`;
}

/** Null where it is none. */
export function readWorkerName(name: string): Worker | null {
  const [, host, pid, since] = /^latchkey-jobs (\S+) (\d+) ([a-z0-9]+)$/.exec(name) ?? [];
  return host && pid && since ? { host, pid: Number(pid), since: new Date(Number.parseInt(since, 36) * 1000) } : null;
}
