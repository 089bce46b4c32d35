import { chmod, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import type { LatchkeySession } from "../typescript/latchkey";
import { CommandEnd, EXIT } from "./exit-codes";

/** A login as it is kept: where, and with what. */
export type Profile = {
  host: string;
  /** Who that was when it was kept: a name and the organization's. Older files do not say. */
  who?: { name: string; organization: string };
} & (
  | { kind: "session"; email: string; session: LatchkeySession }
  | { kind: "token"; token: string }
  | { kind: "client"; clientId: string; clientSecret: string; scope?: string[] }
);

interface Kept {
  /** The one that is used where none is named. */
  current: string;
  profiles: Record<string, Profile>;
}

/** A lock that is older was left by a process that is gone. */
const STALE_LOCK_MS = 60_000;

/** The logins of this person on this machine, in one file that only they can read. */
export class Profiles {
  readonly path: string;

  constructor(env: Record<string, string | undefined>) {
    const config = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config");
    this.path = join(config, "latchkey", "profiles.json");
  }

  async read(): Promise<Kept> {
    const text = await readFile(this.path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw new CommandEnd(`${this.path} cannot be read.`, EXIT.notSignedIn);
    });
    if (text === "") return { current: "default", profiles: {} };
    try {
      const kept = JSON.parse(text) as Kept;
      if (typeof kept.current === "string" && typeof kept.profiles === "object") return kept;
    } catch {
      // Said below, without what stands in it.
    }
    throw new CommandEnd(`${this.path} is not what latchkey wrote.`, EXIT.notSignedIn, [
      "Remove it, then sign in again: latchkey login",
    ]);
  }

  /** Changes what is kept, while no other process does. */
  async change<T>(work: (kept: Kept) => T | Promise<T>): Promise<T> {
    return this.#locked(async () => {
      const kept = await this.read();
      const answer = await work(kept);
      await this.#write(kept);
      return answer;
    });
  }

  /** Whole or not at all: written beside it and put in its place. */
  async #write(kept: Kept): Promise<void> {
    const beside = `${this.path}.${process.pid}`;
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(kept, null, 2)}\n`);
      // A file that was there keeps the mode that it had.
      await chmod(beside, 0o600);
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const lock = `${this.path}.lock`;
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    for (;;) {
      const file = await open(lock, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "EEXIST") return null;
        throw new CommandEnd(`${this.path} cannot be written.`, EXIT.notSignedIn);
      });
      if (file) {
        await file.close();
        break;
      }
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STALE_LOCK_MS) await rm(lock, { force: true });
      else await after(50);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
}
