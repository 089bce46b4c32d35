import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** A message as a mail server took it. */
export interface TakenMail {
  /** Of the envelope. */
  to: string[];
  from: string;
  /** Names in lower case; lines that go on are joined. */
  headers: Record<string, string>;
  source: string;
}

/**
 * What a server does with a message: takes it, answers with a code, or takes it and ends the connection instead of answering,
 * says nothing, or waits before it answers.
 */
export type SmtpMood = "take" | "drop" | "hang" | { code: number } | { answersAfter: Promise<void> };

/** A real SMTP server on a free port, or this one, whose mood tests change. `taken` holds what it has, answered or not. */
export async function startSmtpServer({ port: wish = 0 } = {}) {
  const taken: TakenMail[] = [];
  const state = { mood: "take" as SmtpMood | ((message: number) => SmtpMood), begun: 0, rejectRecipients: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo(_address, _session, answer) {
      if (state.rejectRecipients === 0) return answer();
      answer(Object.assign(new Error("no such mailbox"), { responseCode: state.rejectRecipients }));
    },
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        state.begun += 1;
        const mood = typeof state.mood === "function" ? state.mood(state.begun) : state.mood;
        if (typeof mood === "object" && "code" in mood) {
          answer(Object.assign(new Error("not now"), { responseCode: mood.code }));
          return;
        }
        const source = Buffer.concat(chunks).toString("utf8");
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          headers: headersOf(source),
          source,
        });
        if (mood === "take") answer();
        if (typeof mood === "object") void mood.answersAfter.then(() => answer());
        if (mood === "drop") socketOf(server, session.id)?.destroy();
      });
    },
  });
  // Whoever hangs up on it is part of the test.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(wish, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const connection of server.connections) (connection as unknown as { _socket?: Socket })._socket?.destroy();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `smtp://127.0.0.1:${port}`, port, taken, state, close };
}

function socketOf(server: SMTPServer, id: string): Socket | undefined {
  for (const connection of server.connections) {
    const { id: found, _socket: socket } = connection as unknown as { id: string; _socket?: Socket };
    if (found === id) return socket;
  }
  return undefined;
}

function headersOf(source: string): Record<string, string> {
  const [head = ""] = source.split(/\r?\n\r?\n/, 1);
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
}

/** What a client says, in the order in which it does; `message` is the end of what follows DATA. */
export type SmtpStep = "greeting" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "message";

const WELL: Record<SmtpStep, string> = {
  greeting: "220 here",
  EHLO: "250 AUTH PLAIN",
  AUTH: "235 welcome",
  MAIL: "250 yes",
  RCPT: "250 yes",
  DATA: "354 go on",
  message: "250 taken",
};

/**
 * A server that at one step answers this line instead, goes silent, or ends the connection, at once or
 * within its answer. `taken` counts whole messages.
 */
export async function startOddSmtpServer(step: SmtpStep, does: "silent" | "close" | "cut" | (string & {})) {
  const state = { taken: 0 };
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let text = "";
    let isMessage = false;
    const at = (now: SmtpStep) => {
      const answer = now === step ? does : WELL[now];
      if (answer === "close") socket.destroy();
      else if (answer === "cut") socket.end("451 no");
      else if (answer !== "silent") socket.write(`${answer}\r\n`);
      isMessage = now === "DATA" && answer.startsWith("354");
    };
    at("greeting");
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (let end = next(); end >= 0; end = next()) {
        const line = text.slice(0, end);
        text = text.slice(end + (isMessage ? 5 : 2));
        if (isMessage) {
          state.taken += 1;
          at("message");
        } else if (line.startsWith("QUIT")) socket.end();
        else at(line.slice(0, 4).trim() as SmtpStep);
      }
    });
    const next = () => text.indexOf(isMessage ? "\r\n.\r\n" : "\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${port}`, port, state };
}

export interface ResendRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** An HTTP server that speaks as Resend's API does, idempotency included. `sent` holds what it would have sent, once each. */
export async function startResendServer() {
  const requests: ResendRequest[] = [];
  const sent = new Map<string, Record<string, unknown>>();
  const state = { mood: "take" as "take" | "drop" | "hang" | { status: number; name: string } };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
      requests.push({ path: request.url ?? "", headers: request.headers, body });
      const answer = (status: number, json: unknown) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
      const { mood } = state;
      if (typeof mood === "object")
        return answer(mood.status, { name: mood.name, message: "no", statusCode: mood.status });
      if (mood === "hang") return;
      const key = String(request.headers["idempotency-key"]);
      const before = sent.get(key);
      if (before && JSON.stringify(before) !== JSON.stringify(body)) {
        return answer(409, { name: "invalid_idempotent_request", message: "another body", statusCode: 409 });
      }
      sent.set(key, body);
      if (mood === "drop") return request.socket.destroy();
      return answer(200, { id: "4ef9a417-02e9-4d39-ad75-9611e0fcc33c" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { baseUrl: `http://127.0.0.1:${port}`, requests, sent, state, close };
}
