// Loaded into Next's process before anything else. The channel to the launcher closes when the launcher is gone, however
// it went and on every system; whoever is left then would hold the port and serve without a database.
import { subscribe } from "node:diagnostics_channel";

const GRACE_MS = 1500;

function signalGroup(signal) {
  try {
    process.kill(process.platform === "win32" ? process.pid : -process.pid, signal);
  } catch {
    process.kill(process.pid, signal);
  }
}

function follow() {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), GRACE_MS).unref();
}

// Only the first process follows. Next's workers inherit this module too, and their own channels keep them alive.
const isFollower = process.env.LATCHKEY_LAUNCHER !== undefined;
delete process.env.LATCHKEY_LAUNCHER;

if (isFollower && process.channel) {
  process.once("disconnect", follow);
  process.channel.unref();
} else if (isFollower) {
  process.exit(1);
}

/** Next stops listening but serves who is connected: a busy client would keep it from ending for as long as it likes. */
function endConnectionsAfterTheirAnswer() {
  subscribe("http.server.request.start", ({ response }) => {
    response.shouldKeepAlive = false;
  });
}

if (isFollower && process.env.LATCHKEY_QUIET) {
  // Next greets with a banner of several lines; the launcher says the one that matters, and then sends a word.
  const log = console.log;
  console.log = () => {};
  process.once("message", () => {
    console.log = log;
    process.once("SIGTERM", endConnectionsAfterTheirAnswer);
  });
  process.channel?.unref();
}
