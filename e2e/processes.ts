import { readdirSync, readFileSync } from "node:fs";

interface ProcessFacts {
  pid: number;
  parent: number;
  /** Clock ticks since boot: together with the id it names one process for good. */
  started: string;
  isZombie: boolean;
}

function read(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before it is in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, parent: Number(fields[1]), started: fields[19] ?? "", isZombie: fields[0] === "Z" };
  } catch {
    return null;
  }
}

/** `root` and everything that it started and that still has its parents. Linux only. */
export function processTree(root: number): ProcessFacts[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((facts) => facts !== null);
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** Which of `processes` still run. */
export function survivors(processes: readonly ProcessFacts[]): number[] {
  return processes
    .filter(({ pid, started }) => {
      const now = read(pid);
      return now !== null && !now.isZombie && now.started === started;
    })
    .map(({ pid }) => pid);
}
