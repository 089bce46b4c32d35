/** What the gate reads of a request's headers. */
export interface SentHeaders {
  authorization: string | null;
  forwardedFor: string | null;
  agent: string | null;
  requestId: string | null;
  /** The method that the client used, where a proxy tells it. */
  method: string | null;
  /** The client's own address, as a proxy tells it in one header or another. */
  originals: string[];
  /** Whether a body follows, by what the headers say. */
  hasBody: boolean;
}

/**
 * Reads raw headers, names and values in turn, in one pass. Several of one name are joined by a comma, as HTTP has it: Node
 * would keep the first `Authorization` alone, where a proxy may have judged by the last.
 */
export function readSentHeaders(raw: readonly string[]): SentHeaders {
  const sent: SentHeaders = {
    authorization: null,
    forwardedFor: null,
    agent: null,
    requestId: null,
    method: null,
    originals: NONE,
    hasBody: false,
  };
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const value = raw[at + 1] as string;
    // Only names of the right length are worth comparing.
    switch (name.length) {
      case 10:
        if (name.toLowerCase() === "user-agent") sent.agent ??= value;
        break;
      case 12:
        if (name.toLowerCase() === "x-request-id") sent.requestId = joined(sent.requestId, value);
        break;
      case 13:
        if (name.toLowerCase() === "authorization") sent.authorization = joined(sent.authorization, value);
        break;
      case 14:
        if (/^x-original-ur[il]$/i.test(name)) sent.originals = [...sent.originals, value];
        else if (value !== "0" && name.toLowerCase() === "content-length") sent.hasBody = true;
        break;
      case 15:
        if (name.toLowerCase() === "x-forwarded-for") sent.forwardedFor = joined(sent.forwardedFor, value);
        else if (name.toLowerCase() === "x-forwarded-uri") sent.originals = [...sent.originals, value];
        break;
      case 17:
        if (name.toLowerCase() === "transfer-encoding") sent.hasBody = true;
        else if (name.toLowerCase() === "x-original-method") sent.method ??= value;
        break;
      case 18:
        if (name.toLowerCase() === "x-forwarded-method") sent.method ??= value;
        break;
    }
  }
  return sent;
}

const NONE: string[] = [];
const joined = (before: string | null, value: string) => (before === null ? value : `${before}, ${value}`);
