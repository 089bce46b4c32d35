import { createHash, randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode } from "./start-problem";

const SOCKET = "launcher.sock";

export type FolderLock = { ok: true; release(): void } | { ok: false; holder: string };

/** Socket paths end at about 100 bytes, and a data folder may be deeper; bind and connect happen within the call. */
function inFolder<T>(folder: string, act: () => T): T {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return act();
  } finally {
    process.chdir(before);
  }
}

function address(folder: string, name: string): string {
  if (process.platform !== "win32") return name;
  return `\\\\.\\pipe\\latchkey-${createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 32)}`;
}

/** Who answers on the folder's socket: the holder's process id and its own mark, or `null` when nobody does. */
function askHolder(folder: string, name = SOCKET): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket: Socket = inFolder(folder, () => connect(address(folder, name)));
    let answer = "";
    socket.setTimeout(2000, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", (hadError) => {
      if (!hadError) resolve(answer.trim() || "unknown");
    });
    socket.on("error", (error) => {
      if (["ENOENT", "ECONNREFUSED", "ECONNRESET"].includes(errorCode(error) ?? "")) resolve(null);
      else reject(error);
    });
  });
}

/** A server bound to the folder's socket that answers `words`, or `null` when the name is taken. */
function bind(folder: string, words: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end(words);
    });
    server.once("error", (error) => {
      if (errorCode(error) === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.once("listening", () => resolve(server.unref()));
    inFolder(folder, () => server.listen(address(folder, SOCKET)));
  });
}

/**
 * Holds `folder` for this process until `release` or its death. The holder listens on a socket in the folder, so the
 * system itself tells a living holder from a killed one; a process id in a file could since belong to somebody else, or
 * to another container.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const words = `${process.pid} ${randomUUID()}`;
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = await bind(folder, words);
    if (server) {
      const winner = await lastingHolder(folder);
      if (winner !== words) {
        server.close();
        return { ok: false, holder: processOf(winner) };
      }
      const release = () => {
        if (process.platform !== "win32") rmSync(join(folder, SOCKET), { force: true });
        server.close();
      };
      return { ok: true, release };
    }
    const holder = await askHolder(folder);
    if (holder) return { ok: false, holder: processOf(holder) };
    // Between another starter's bind and listen nobody answers either: ask twice before calling it left over.
    await pause(100);
    const second = await askHolder(folder);
    if (second) return { ok: false, holder: processOf(second) };
    await clearLeftOver(folder);
  }
  return { ok: false, holder: "unknown" };
}

const processOf = (words: string) => words.split(" ", 1)[0] ?? words;

/** Who holds the name once it has come to rest: while one start looks at a socket that it moved aside, another may bind. */
async function lastingHolder(folder: string): Promise<string> {
  for (let look = 0; look < 20; look++) {
    await pause(40);
    const words = await askHolder(folder);
    if (words) return words;
  }
  return "unknown";
}

/** Moves the dead socket aside; when a living one was caught instead, since another start was faster, puts it back. */
async function clearLeftOver(folder: string): Promise<void> {
  const aside = `${SOCKET}.${randomUUID().slice(0, 8)}`;
  try {
    renameSync(join(folder, SOCKET), join(folder, aside));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if (await askHolder(folder, aside)) renameSync(join(folder, aside), join(folder, SOCKET));
  else rmSync(join(folder, aside), { force: true });
}
