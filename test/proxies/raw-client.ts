import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  headers: [string, string][];
  body: string;
}

/** Lines of a request; what a library would tidy up goes out as it is written. */
export const request = (line: string, headers: readonly string[] = [], body = "") =>
  `${line}\r\n${["Host: api.test", ...headers].join("\r\n")}\r\n\r\n${body}`;

/** The first value of a header of an answer. */
export const header = (answer: Answer, name: string) => answer.headers.find(([known]) => known === name)?.[1];

const MOST_MS = 15_000;

/** Sends bytes on a connection of their own, and gives everything that comes back until the proxy ends it. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.setTimeout(MOST_MS, () => socket.destroy(new Error("The proxy did not answer.")));
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(bytes, "latin1");
  await new Promise<void>((resolve, reject) => {
    // A proxy that refuses a request may reset the connection while its answer is already here.
    socket.once("error", (error) => (chunks.length > 0 ? resolve() : reject(error)));
    socket.once("close", () => resolve());
  });
  return Buffer.concat(chunks).toString("latin1");
}

/** One request on a connection of its own. The caller's headers ask for the end of the connection. */
export async function send(
  port: number,
  line: string,
  headers: readonly string[] = [],
  { body = "", connection = "close" }: { body?: string; connection?: string | null } = {},
): Promise<Answer> {
  const ending = connection === null ? [] : [`Connection: ${connection}`];
  return parse(await exchange(port, request(line, [...ending, ...headers], body)));
}

export function parse(text: string): Answer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end === -1 ? undefined : end).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (!status) throw new Error(`This is no answer: ${JSON.stringify(text.slice(0, 200))}`);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status, headers, body: text.slice(end + 4) };
}

/** A connection that stays: each call waits for the answer to its request, which says how long it is. */
export async function keepAlive(port: number): Promise<{ send(text: string): Promise<Answer>; close(): void }> {
  const socket: Socket = connect(port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let heard = "";
  let wake: () => void = () => {};
  let gone = false;
  socket.on("data", (chunk) => {
    heard += chunk.toString("latin1");
    wake();
  });
  for (const event of ["close", "error"]) {
    socket.on(event, () => {
      gone = true;
      wake();
    });
  }
  const next = async (): Promise<Answer> => {
    for (;;) {
      const end = heard.indexOf("\r\n\r\n");
      if (end !== -1) {
        const answer = parse(heard.slice(0, end + 4));
        const whole = end + 4 + Number(header(answer, "content-length") ?? 0);
        if (answer.status === 101 || heard.length >= whole) {
          const length = answer.status === 101 ? end + 4 : whole;
          answer.body = heard.slice(end + 4, length);
          heard = heard.slice(length);
          return answer;
        }
      }
      if (gone) throw new Error(`The proxy ended the connection after ${JSON.stringify(heard.slice(0, 200))}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    send: (text) => {
      socket.write(text, "latin1");
      return next();
    },
    close: () => socket.destroy(),
  };
}
