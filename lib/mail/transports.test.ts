import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SmtpStep, startOddSmtpServer, startResendServer, startSmtpServer } from "@/test/mail-servers";
import type { Message } from "./mailer";
import { resendMailer } from "./resend-mailer";
import { smtpMailer } from "./smtp-mailer";

const from = { name: "Acme, Tokens", address: "tokens@acme.example" };
const message: Message = {
  id: "019a0000-0000-7000-8000-000000000001",
  messageId: "<019a0000-0000-7000-8000-000000000001@tokens.example>",
  to: { name: "Ada Example", address: "ada@example.com" },
  subject: "An API token expires in 7 days",
  html: "<p>It expires.</p>",
  text: "It expires.",
  headers: {
    "List-Unsubscribe": "<https://tokens.example/in/0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69/profile#notifications>",
  },
};

describe("by SMTP", () => {
  const open = async (options: { answerWithin?: number } = {}) => {
    const server = await startSmtpServer();
    return { server, mailer: smtpMailer({ url: server.url, from, ...options }) };
  };

  it("brings a message with its id, its sender and where to change what one is told", async () => {
    const { server, mailer } = await open();
    expect(await mailer.send(message)).toEqual({ outcome: "sent" });
    expect(server.taken).toHaveLength(1);
    const [{ to, from: sender, headers, source }] = server.taken as [(typeof server.taken)[0]];
    expect({ to, sender }).toEqual({ to: ["ada@example.com"], sender: "tokens@acme.example" });
    expect(headers).toMatchObject({
      from: "Acme Tokens <tokens@acme.example>",
      to: "Ada Example <ada@example.com>",
      subject: message.subject,
      "message-id": message.messageId,
      "list-unsubscribe": "<https://tokens.example/in/0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69/profile#notifications>",
    });
    expect(source).toContain("text/plain");
    expect(source).toContain("text/html");
  });

  it("says of a 451 that it was refused for now, and of a 554 for good", async () => {
    const { server, mailer } = await open();
    server.state.mood = { code: 451 };
    expect(await mailer.send(message)).toEqual({ outcome: "refused", isFinal: false, code: "smtp_451" });
    server.state.mood = { code: 554 };
    expect(await mailer.send(message)).toEqual({ outcome: "refused", isFinal: true, code: "smtp_554" });
    server.state.rejectRecipients = 550;
    expect(await mailer.send(message)).toEqual({ outcome: "refused", isFinal: true, code: "smtp_550" });
    expect(server.taken).toEqual([]);
  });

  it("does not know what became of a message whose connection was dropped after the data", async () => {
    const { server, mailer } = await open();
    server.state.mood = "drop";
    expect((await mailer.send(message)).outcome).toBe("unknown");
    expect(server.taken).toHaveLength(1);
    server.state.mood = "take";
    expect(await mailer.send(message)).toEqual({ outcome: "sent" });
    expect(server.taken.map(({ headers }) => headers["message-id"])).toEqual([message.messageId, message.messageId]);
  });

  it("does not wait for ever for a server that does not answer, and does not know either", async () => {
    const { server, mailer } = await open({ answerWithin: 200 });
    server.state.mood = "hang";
    expect(await mailer.send(message)).toEqual({ outcome: "unknown", code: "etimedout" });
  });

  it("knows that nothing was sent, nor would be, where nobody listens", async () => {
    const { server, mailer } = await open();
    await server.close();
    expect(await mailer.send(message)).toEqual({ outcome: "unavailable", code: "esocket" });
  });

  const odd = async (step: SmtpStep, does: string, options: { answerWithin?: number; sendWithin?: number } = {}) => {
    const server = await startOddSmtpServer(step, does);
    const url = step === "AUTH" ? server.url.replace("//", "//user:word@") : server.url;
    const delivery = await smtpMailer({ url, from, answerWithin: 200, ...options }).send(message);
    return { delivery, taken: server.state.taken };
  };

  it.each<[SmtpStep, string]>([
    ["greeting", "silent"],
    ["greeting", "close"],
    ["EHLO", "silent"],
    ["EHLO", "close"],
    ["MAIL", "silent"],
    ["MAIL", "close"],
    ["RCPT", "silent"],
    ["RCPT", "close"],
    ["DATA", "silent"],
    ["DATA", "close"],
  ])("knows that nothing was sent where the server at %s is: %s", async (step, does) => {
    const { delivery, taken } = await odd(step, does);
    expect(delivery).toMatchObject({ outcome: "refused", isFinal: false });
    expect(taken).toBe(0);
  });

  it.each(["silent", "close", "cut"])(
    "does not know what became of a message after whose end the server is: %s",
    async (does) => {
      const { delivery, taken } = await odd("message", does);
      expect(taken).toBe(1);
      expect(delivery.outcome).toBe("unknown");
    },
  );

  it.each<[SmtpStep, string, string]>([
    ["greeting", "554 not you", "server_554"],
    ["EHLO", "421 closing", "server_421"],
    ["AUTH", "535 who", "eauth"],
    ["MAIL", "553 not your sender", "server_553"],
    ["MAIL", "451 too many", "server_451"],
    ["RCPT", "530 sign in first", "server_530"],
    ["DATA", "421 closing", "server_421"],
    ["message", "421 closing", "server_421"],
  ])("blames the server or the account, and not the message, for %s: %s", async (step, does, code) => {
    const { delivery } = await odd(step, does);
    expect(delivery).toEqual({ outcome: "unavailable", code });
  });

  it.each<[SmtpStep, string, boolean]>([
    ["RCPT", "450 later", false],
    ["RCPT", "550 nobody", true],
    ["DATA", "451 later", false],
    ["DATA", "554 no", true],
    ["message", "452 full", false],
    ["message", "552 too big", true],
  ])("blames the receiver or the message for %s: %s", async (step, does, isFinal) => {
    const { delivery } = await odd(step, does);
    expect(delivery).toEqual({ outcome: "refused", isFinal, code: `smtp_${does.slice(0, 3)}` });
  });

  it("gives a message up for this time where a server drips on and on", async () => {
    const { delivery } = await odd("message", "silent", { answerWithin: 60_000, sendWithin: 200 });
    expect(delivery).toEqual({ outcome: "unknown", code: "etimedout" });
  });

  it("sends to one receiver, without a header of somebody else's, whatever a name or a subject says", async () => {
    const { server, mailer } = await open();
    const text = fc
      .array(
        fc.oneof(fc.constantFrom("\r\nBcc: eve@example.net", "\n\nbody", "<eve@example.net>,", '"', "\0"), fc.string()),
      )
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, text, async (name, subject) => {
        server.taken.length = 0;
        await mailer.send({ ...message, subject, to: { ...message.to, name } });
        expect(server.taken.map(({ to }) => to)).toEqual([["ada@example.com"]]);
        const ours = [
          "content-type",
          "date",
          "from",
          "list-unsubscribe",
          "message-id",
          "mime-version",
          "subject",
          "to",
        ];
        // Without a subject there is no header of it.
        expect(new Set([...ours, ...Object.keys(server.taken[0]?.headers ?? {})])).toEqual(new Set(ours));
      }),
      { numRuns: 30 },
    );
  });

  it("refuses an address that is none before anything is sent", async () => {
    const { server, mailer } = await open();
    const to = { name: "Ada", address: "ada@example.com\r\nRCPT TO:<eve@example.net>" };
    expect(await mailer.send({ ...message, to })).toEqual({
      outcome: "refused",
      isFinal: true,
      code: "address_invalid",
    });
    expect(server.state.begun).toBe(0);
  });
});

describe("by Resend", () => {
  const open = async () => {
    const server = await startResendServer();
    return { server, mailer: resendMailer({ apiKey: "re_under_test", baseUrl: server.baseUrl, from }) };
  };

  it("brings a message with its id as the idempotency key", async () => {
    const { server, mailer } = await open();
    expect(await mailer.send(message)).toEqual({ outcome: "sent" });
    expect(server.requests).toHaveLength(1);
    const [{ path, headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect(path).toBe("/emails");
    expect(headers["idempotency-key"]).toBe(message.id);
    expect(headers.authorization).toBe("Bearer re_under_test");
    expect(body).toMatchObject({
      from: '"Acme Tokens" <tokens@acme.example>',
      to: '"Ada Example" <ada@example.com>',
      subject: message.subject,
      text: message.text,
      html: message.html,
      headers: { "Message-ID": message.messageId, "List-Unsubscribe": message.headers["List-Unsubscribe"] },
    });
  });

  it("has a message whose answer was lost sent once, by asking again with the same key", async () => {
    const { server, mailer } = await open();
    server.state.mood = "drop";
    expect(await mailer.send(message)).toEqual({ outcome: "unknown", code: "application_error" });
    server.state.mood = "take";
    expect(await mailer.send(message)).toEqual({ outcome: "sent" });
    expect([...server.sent.keys()]).toEqual([message.id]);
  });

  it.each([
    [
      { status: 422, name: "validation_error" },
      { outcome: "refused", isFinal: true, code: "validation_error" },
    ],
    [
      { status: 403, name: "validation_error" },
      { outcome: "unavailable", code: "validation_error" },
    ],
    [
      { status: 401, name: "invalid_api_key" },
      { outcome: "unavailable", code: "invalid_api_key" },
    ],
    [
      { status: 429, name: "rate_limit_exceeded" },
      { outcome: "unavailable", code: "rate_limit_exceeded" },
    ],
    [
      { status: 500, name: "internal_server_error" },
      { outcome: "unknown", code: "internal_server_error" },
    ],
    [
      { status: 409, name: "concurrent_idempotent_requests" },
      { outcome: "unknown", code: "concurrent_idempotent_requests" },
    ],
  ] as const)("takes the answer %j for %j", async (mood, delivery) => {
    const { server, mailer } = await open();
    server.state.mood = mood;
    expect(await mailer.send(message)).toEqual(delivery);
    expect([...server.sent.keys()]).toEqual([]);
  });

  it("does not know what became of it where nobody listens", async () => {
    const { server, mailer } = await open();
    await server.close();
    expect((await mailer.send(message)).outcome).toBe("unknown");
  });

  it("names one receiver, whatever a name says", async () => {
    const { server, mailer } = await open();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (name) => {
        server.requests.length = 0;
        server.sent.clear();
        await mailer.send({ ...message, to: { ...message.to, name: `${name}" <eve@example.net>, "` } });
        expect(String(server.requests[0]?.body.to).match(/@/g)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});
