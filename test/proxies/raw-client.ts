import { connect as connectHttp2 } from "node:http2";
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
async function exchange(port: number, bytes: string): Promise<string> {
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

/** One request on a connection of its own, which ends with the answer unless `connection` says otherwise. */
export async function send(
  port: number,
  line: string,
  headers: readonly string[] = [],
  { body = "", connection = "close" }: { body?: string; connection?: string } = {},
): Promise<Answer> {
  const bytes = request(line, [`Connection: ${connection}`, ...headers], body);
  if (connection.includes("close")) return parse(await exchange(port, bytes));
  const kept = await keepAlive(port);
  const answer = await kept.send(bytes);
  kept.close();
  return answer;
}

function parse(text: string): Answer {
  const end = text.indexOf("\r\n\r\n");
  // An interim answer is none.
  if (/^HTTP\/1\.1 10[02-9]/.test(text)) return parse(text.slice(end + 4));
  const [first = "", ...lines] = text.slice(0, end === -1 ? undefined : end).split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (!status) throw new Error(`This is no answer: ${JSON.stringify(text.slice(0, 200))}`);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status, headers, body: text.slice(end + 4) };
}

interface KeptConnection {
  /** Sends and waits for the next answer. */
  send(text: string): Promise<Answer>;
  write(text: string): void;
  next(): Promise<Answer>;
  /** After an upgrade: what comes back for these bytes. */
  echo(text: string): Promise<string>;
  close(): void;
}

/** A connection that stays, on which every answer says how long it is. */
export async function keepAlive(port: number): Promise<KeptConnection> {
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
  const news = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
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
      await news();
    }
  };
  return {
    send: (text) => {
      socket.write(text, "latin1");
      return next();
    },
    write: (text) => void socket.write(text, "latin1"),
    next,
    echo: async (text) => {
      socket.write(text, "latin1");
      while (heard.length < text.length && !gone) await news();
      return heard;
    },
    close: () => socket.destroy(),
  };
}

/** A POST of three bytes by HTTP/2 without TLS. Null where the proxy does not speak it. */
export async function sendHttp2(
  port: number,
  { headers, trailers }: { headers: Record<string, string>; trailers: Record<string, string> },
): Promise<number | null> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  try {
    return await new Promise<number | null>((resolve) => {
      session.on("error", () => resolve(null)).on("close", () => resolve(null));
      const stream = session.request(
        { ":method": "POST", ":path": "/events", ":authority": "api.test", ...headers },
        { waitForTrailers: true },
      );
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
      stream.on("response", (answer) => resolve(answer[":status"] ?? null));
      stream.on("error", () => resolve(null));
      stream.resume();
      stream.end("abc");
    });
  } finally {
    session.destroy();
  }
}
