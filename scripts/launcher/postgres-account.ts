import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PostgresBinaries } from "./postgres-binaries";
import { StartProblem } from "./start-problem";

/** A command line that runs a program as somebody whom PostgreSQL accepts. */
export interface Account {
  /** Owner of the database's files, when that is not whoever runs the launcher. */
  owner?: { uid: number; gid: number };
  command(program: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

const NOBODY = { uid: 65_534, gid: 65_534 };

// The kernel sends the signal when the launcher dies; a launcher that died before it was asked for is noticed by its id.
const UNLESS_ORPHANED = 'test "$PPID" = "$0" || exit 1; exec "$@"';

function runs(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore", cwd: "/" }).status === 0;
}

function withPrefix(prefix: readonly string[], owner?: Account["owner"]): Account {
  return {
    owner,
    command: (program, args) => {
      const [file = program, ...rest] = [...prefix, program, ...args];
      return { file, args: rest };
    },
  };
}

function tied(options: readonly string[] = []): string[] {
  return ["setpriv", ...options, "--pdeathsig", "INT", "sh", "-c", UNLESS_ORPHANED, String(process.pid)];
}

/** PostgreSQL refuses root. In order of preference: a namespace where we are somebody else, then truly somebody else. */
function accountsForRoot(owner: { uid: number; gid: number }): Account[] {
  const hasSetpriv = runs("setpriv", ["--pdeathsig", "INT", "true"]);
  const other = owner.uid === 0 ? NOBODY : owner;
  const accounts: Account[] = [];
  if (owner.uid === 0 && process.platform === "linux") {
    accounts.push(withPrefix(["unshare", "-U", "--map-user=1000", "--map-group=1000", ...(hasSetpriv ? tied() : [])]));
  }
  if (hasSetpriv) {
    const become = [`--reuid=${other.uid}`, `--regid=${other.gid}`, "--clear-groups"];
    accounts.push(withPrefix(tied(become), other));
    // Under /root, say, nobody else may pass; one capability lets the database through to its own folder.
    accounts.push(withPrefix(tied([...become, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]), other));
  } else {
    accounts.push({ owner: other, command: (file, args) => ({ file, args: [...args], ...other }) });
  }
  return accounts;
}

/** Gives `path`, and with `deep` all in it, to `owner`. */
export function giveTo(owner: Account["owner"], path: string, deep = false): void {
  if (!owner) return;
  chownSync(path, owner.uid, owner.gid);
  if (!deep || !lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) giveTo(owner, join(path, entry.name), true);
  }
}

/** Finds an account that can run PostgreSQL on `folder`, which exists, and makes the folder its own. */
export function chooseAccount(binaries: PostgresBinaries, folder: string): Account {
  const owner = statSync(folder);
  if (process.getuid?.() !== 0) {
    if (process.getuid && owner.uid !== process.getuid()) {
      throw new StartProblem(
        `${folder} belongs to another user (${owner.uid}): start as that user, or with another DATA_DIR.`,
      );
    }
    return withPrefix(runs("setpriv", ["--pdeathsig", "INT", "true"]) ? tied() : []);
  }
  for (const account of accountsForRoot(owner)) {
    if (account.owner && account.owner.uid !== statSync(folder).uid) giveTo(account.owner, folder, true);
    // What is secret in the data folder is so by its own mode; the database only has to pass through.
    if (account.owner) chmodSync(dirname(folder), 0o711);
    const test = account.command("sh", [
      "-c",
      '"$0" --version && test -w "$1" && test -x "$1"',
      binaries.postgres,
      folder,
    ]);
    const { status } = spawnSync(test.file, test.args, { stdio: "ignore", cwd: "/", uid: test.uid, gid: test.gid });
    if (status === 0) return account;
  }
  if (!existsSync(binaries.postgres))
    throw new StartProblem(`PostgreSQL is missing at ${binaries.postgres}: install again.`);
  throw new StartProblem(
    `PostgreSQL does not run as root, and no other account can use ${folder}: start as an ordinary user, or set DATABASE_URL.`,
  );
}
