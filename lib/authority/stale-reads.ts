import { isBuiltInPermission, type Permission } from "@/lib/access/permission";
import type { Verification } from "./outcome";

/**
 * Whether readings that nobody can renew may serve: for `seconds` after the database last answered, while it is away.
 * None by default.
 */
export class StaleReads {
  readonly #milliseconds: number;
  readonly #wall: () => number;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #answeredAtWall = Number.NEGATIVE_INFINITY;
  #away = false;

  /** @param wall the wall clock, in milliseconds: unlike the monotonic one it goes on while the machine is suspended. */
  constructor(seconds = 0, wall: () => number = Date.now) {
    this.#milliseconds = seconds * 1000;
    this.#wall = wall;
  }

  /** The database answered now what it was asked at `at`; `now` and `at` on the monotonic clock. */
  answered(at: number, now: number): void {
    this.#away = false;
    if (at <= this.#answeredAt) return;
    this.#answeredAt = at;
    this.#answeredAtWall = this.#wall() - (now - at);
  }

  away(): void {
    this.#away = true;
  }

  allows(now: number): boolean {
    if (!this.#away) return false;
    return now - this.#answeredAt < this.#milliseconds && this.#wall() - this.#answeredAtWall < this.#milliseconds;
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
