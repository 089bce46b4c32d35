import { PgPreparedQuery } from "drizzle-orm/pg-core";
import { PostgresJsSession } from "drizzle-orm/postgres-js";

interface DriverFacts {
  name?: string;
  code?: string;
  constraint_name?: string;
  table_name?: string;
  routine?: string;
}

/**
 * What a failed statement throws: codes and names of the schema. The statement, its values and the server's sentence,
 * which repeats them, stay out, since whatever is thrown may be printed by somebody who does not know what is in it.
 */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  /** SQLSTATE, or the driver's and Node's names for a lost connection. */
  readonly code: string | undefined;
  readonly constraint_name: string | undefined;
  readonly table_name: string | undefined;

  constructor({ name, code, constraint_name, table_name, routine }: DriverFacts) {
    const facts = [name, code, routine, table_name, constraint_name].filter((fact) => fact !== undefined);
    super(`a statement failed: ${facts.join(", ")}`);
    this.code = code;
    this.constraint_name = constraint_name;
    this.table_name = table_name;
  }

  /** `error` itself where it carries nothing of a statement. */
  static of(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    // By shape, since the classes may be loaded more than once.
    if ("query" in error && "params" in error) return new DatabaseError((error.cause ?? {}) as DriverFacts);
    return error.name === "PostgresError" ? new DatabaseError(error as DriverFacts) : error;
  }
}

type Method = (this: unknown, ...args: unknown[]) => Promise<unknown>;

const PLAIN = Symbol.for("latchkey.plainErrors");

/** Has a method of drizzle throw `DatabaseError`. Done once, however often this module is loaded. */
function throwPlainErrors(prototype: object, name: string): void {
  const methods = prototype as Record<string, Method & { [PLAIN]?: true }>;
  const original = methods[name];
  if (!original) throw new Error(`drizzle has no ${name} any more`);
  if (original[PLAIN]) return;
  const plain: Method = async function (...args) {
    try {
      return await original.apply(this, args);
    } catch (error) {
      throw DatabaseError.of(error);
    }
  };
  methods[name] = Object.assign(plain, { [PLAIN]: true } as const);
}

/** Every statement of drizzle runs through the first; the other also throws what a commit or the driver itself says. */
export function keepStatementsOutOfErrors(): void {
  throwPlainErrors(PgPreparedQuery.prototype, "queryWithCache");
  throwPlainErrors(PostgresJsSession.prototype, "transaction");
}
