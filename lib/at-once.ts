/**
 * What may be there already, or come later. An `await` makes promises either way, and where a server follows its requests
 * through them, as Next does, each takes longer than checking a token.
 */
export type Soon<T> = T | Promise<T>;

/** `next` of a value: at once where it is there. */
export function andThen<T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  return isLater(value) ? Promise.resolve(value).then(next) : next(value);
}

/** What `run` comes to, or `rescue` of what it throws: at once where it did not have to wait. */
export function orElse<T>(run: () => Soon<T>, rescue: (error: unknown) => Soon<T>): Soon<T> {
  try {
    const value = run();
    return isLater(value) ? Promise.resolve(value).catch(rescue) : value;
  } catch (error) {
    return rescue(error);
  }
}

/** As `await` has it: a query of drizzle's is no promise, and yet to be waited for. */
const isLater = <T>(value: Soon<T>): value is Promise<T> =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
