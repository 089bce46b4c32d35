import type { ProblemTexts } from "./problem-text";

/** Nothing that the caller did. */
export const SERVER_TEXTS = {
  gate_misconfigured: {
    what: "The gate was asked in a way that it does not know, so it let nobody in.",
    why: "A proxy asks the gate about each call. A misspelt parameter, a permission without a name or an address that the gate does not have would otherwise be a check that is never made.",
    mend: [
      "Whoever looks after the proxy has to compare its configuration with the recipes in the project's `docs/proxies`; `detail` says what was not understood.",
      "As a caller of the API behind it there is nothing to change: tell its people, with the request id.",
    ],
    answeredBy: "The gate.",
    detail: "Only permission, audience and, as the last one, original are parameters of /verify.",
  },
  internal_error: {
    what: "Something failed that should not. Whether the request had an effect is not certain.",
    why: "A mistake of ours or of what we stand on. What went wrong is in the server's log, and never in an answer.",
    mend: [
      "Try again once. For a POST, send the `Idempotency-Key` of the first attempt, so that nothing happens twice.",
      "If it stays, give the request id to whoever runs this server: it finds the line in the log.",
    ],
    answeredBy: "Every endpoint, and the gate.",
  },
  unavailable: {
    what: "The database did not answer, so it cannot be known whether this call may go through. Nothing was changed.",
    why: "A check that cannot be made lets nobody in and calls no token wrong: an outage is never answered with 401, and never with 200.",
    mend: [
      "Try again after the seconds in `Retry-After`, and let the pauses grow.",
      "Do not throw the token away, and do not sign anybody out: nothing was said about it.",
      "Whoever runs the server finds at `/readyz` whether the database answers.",
    ],
    answeredBy: "Every endpoint, and the gate.",
  },
} as const satisfies ProblemTexts;
