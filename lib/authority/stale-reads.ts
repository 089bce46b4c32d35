import { isBuiltInPermission, type Permission } from "@/lib/access/permission";
import type { Verification } from "./outcome";

/**
 * Whether readings that nobody can renew may serve: for `seconds` after the database last answered, while it is away.
 * None by default.
 */
export class StaleReads {
  readonly #milliseconds: number;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #away = false;

  constructor(seconds = 0) {
    this.#milliseconds = seconds * 1000;
  }

  /** The database answered what it was asked at `at`, on the monotonic clock. */
  answered(at: number): void {
    this.#away = false;
    if (at > this.#answeredAt) this.#answeredAt = at;
  }

  away(): void {
    this.#away = true;
  }

  allows(now: number): boolean {
    return this.#away && now - this.#answeredAt < this.#milliseconds;
  }
}

/** What mints, changes or administers has to be checked: of Latchkey's own permissions, only those that read are left. */
const mayBeStale = (permission: Permission) => !isBuiltInPermission(permission) || permission.endsWith(":read");

/** The answer of a stale reading: the same token with less to do, marked as such. */
export function weaken(answer: Verification): Verification {
  if (answer.outcome !== "allowed") return answer;
  const permissions = new Set([...answer.actor.permissions].filter(mayBeStale));
  return { ...answer, actor: { ...answer.actor, permissions }, stale: true };
}
