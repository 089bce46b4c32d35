/** The one copy of what `make` makes of `facts`: equal facts of one kind, same object. */
export type Shared = <T>(kind: string, facts: unknown, make: () => T) => T;

const CAPACITY = 20_000;

/** Keeps up to `capacity` parts, then begins anew: old copies live on in the answers that hold them. */
export function sharedParts(capacity = CAPACITY): Shared {
  const parts = new Map<string, unknown>();
  return <T>(kind: string, facts: unknown, make: () => T): T => {
    const key = kind + JSON.stringify(facts);
    let part = parts.get(key) as T | undefined;
    if (part === undefined) {
      if (parts.size >= capacity) parts.clear();
      part = make();
      parts.set(key, part);
    }
    return part;
  };
}
