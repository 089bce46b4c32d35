/** False where the server says that it is not ready, and where it does not answer at all. */
export async function isReady(): Promise<boolean> {
  try {
    const answer = await fetch("/readyz", { cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
}
