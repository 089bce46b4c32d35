/**
 * Waits for `promise` for `ms` milliseconds, and then rejects with what `late` makes. The promise goes on; nobody hears
 * of it any more.
 */
export async function within<T>(ms: number, promise: PromiseLike<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
