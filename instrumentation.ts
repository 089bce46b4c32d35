/** Next calls this once, before the first request. A setting that is missing or wrong ends the start here. */
export async function register(): Promise<void> {
  // biome-ignore lint/plugin: no setting, but Next's mark for the one bundle that runs on Node; it is replaced at build time
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServing } = await import("./lib/auth/start-serving");
    startServing();
  }
}
