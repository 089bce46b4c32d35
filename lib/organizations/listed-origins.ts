import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { organizations } from "@/db/schema";
import type { Soon } from "@/lib/at-once";
import { database } from "@/lib/database";
import { within } from "@/lib/within";

/** In milliseconds: for so long a change of the setting is not seen. */
const FRESH = 2000;
/** For so long the last reading stands in where the database does not answer, and how often it is asked again. */
const STANDS_IN = 60_000;
const ASKED_AGAIN = 1000;
const DEADLINE = 1500;

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Which organizations list an origin. All lists are kept in memory, at most twenty entries for each organization, and read
 * again when one is asked for: a flood of origins that nobody lists costs no more than one reading at a time.
 */
export class ListedOrigins {
  #lists = new Map<string, Set<string>>();
  #readAt = Number.NEGATIVE_INFINITY;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(
    private readonly read: () => Promise<{ id: string; origins: string[] }[]>,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** The ids of the organizations that list it; of none where that cannot be read. */
  by(origin: string): Soon<ReadonlySet<string>> {
    if (this.clock() < this.#freshUntil) return this.#lists.get(origin) ?? NOBODY;
    this.#reading ??= this.#readAgain().finally(() => {
      this.#reading = null;
    });
    return this.#reading.then(() => this.#lists.get(origin) ?? NOBODY);
  }

  async #readAgain(): Promise<void> {
    const begun = this.clock();
    try {
      const rows = await within(DEADLINE, this.read(), () => new Error("the lists of origins cannot be read"));
      const lists = new Map<string, Set<string>>();
      for (const { id, origins } of rows) {
        for (const origin of origins) lists.set(origin, (lists.get(origin) ?? new Set()).add(id));
      }
      this.#lists = lists;
      this.#readAt = begun;
      this.#freshUntil = begun + FRESH;
    } catch {
      if (begun - this.#readAt > STANDS_IN) this.#lists = new Map();
      this.#freshUntil = this.clock() + ASKED_AGAIN;
    }
  }
}

const readLists = ({ db }: Database) =>
  db
    .select({ id: organizations.id, origins: organizations.allowedOrigins })
    .from(organizations)
    .where(sql`${organizations.allowedOrigins} <> '{}'`);

// Next loads a module once per bundle; one for each pool is enough.
const home = globalThis as { latchkeyListedOrigins?: WeakMap<Database, ListedOrigins> };

/** Those of this process's database. */
export function listedOrigins(): ListedOrigins {
  home.latchkeyListedOrigins ??= new WeakMap();
  const pool = database();
  const known = home.latchkeyListedOrigins.get(pool);
  if (known) return known;
  const made = new ListedOrigins(() => readLists(pool));
  home.latchkeyListedOrigins.set(pool, made);
  return made;
}
