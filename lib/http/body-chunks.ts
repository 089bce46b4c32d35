import { Problem } from "./problem";

/** What arrives of a body. Throws `Problem` 400 where its sender leaves before all of it came. */
export async function* bodyChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    // Not ours to log, and not to be taken for a connection of the database's.
    throw new Problem("incomplete_body");
  }
}
