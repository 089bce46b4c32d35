import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { errorFacts, log } from "@/lib/log";

/** A run in which some organizations failed and all others had their turn. The cause is what the first of them threw. */
export class SomeOrganizationsFailed extends Error {
  override name = "SomeOrganizationsFailed";
  constructor(
    /** What was done for the others, and how many failed. */
    readonly counts: Record<string, number>,
    cause: unknown,
  ) {
    super(`${counts.organizationsFailed} organizations failed`, { cause });
  }
}

/** Does something for one organization after the other, so that the trouble of one is no other's. */
export class OrganizationsInTurn {
  /** Those that failed, for the run to go on without them. */
  readonly failed: string[] = [];
  private cause: unknown;

  constructor(
    private readonly db: Db,
    /** As the log is to call it. */
    private readonly job: string,
  ) {}

  /** Null where it failed, which is logged. Throws where it is the database that is away, and so everybody's trouble. */
  async turnOf<T>(organizationId: string, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      await this.db.execute(sql`select 1`).catch(() => {
        throw error;
      });
      log().error({ job: this.job, organizationId, error: errorFacts(error) }, "a job failed for an organization");
      if (this.failed.length === 0) this.cause = error;
      this.failed.push(organizationId);
      return null;
    }
  }

  /** What the run did, as it is to be returned; thrown where any organization failed. */
  over<Counts extends Record<string, number>>(counts: Counts): Counts {
    if (this.failed.length === 0) return counts;
    throw new SomeOrganizationsFailed({ ...counts, organizationsFailed: this.failed.length }, this.cause);
  }
}
