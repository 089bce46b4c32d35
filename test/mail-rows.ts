import type { Db } from "@/db/client";
import type { MailContent } from "@/lib/mail/mail-content";
import type { Delivery, Mailer, Message } from "@/lib/mail/mailer";
import { writeMail } from "@/lib/mail/write-mail";
import { NOW } from "./clock";
import type { World } from "./world";

/** The console of every message under test. */
export const PUBLIC_URL = "https://tokens.example";

/** What a message about a token of this world says, whether there is such a token or not. */
export const createdContent = (name = "ci"): MailContent => ({
  kind: "token_created",
  organization: { name: "World", preset: "single_rotating" },
  portal: "console",
  token: { id: "1m9YAAAAAAAA", name, masked: "lk_pat_1m9Y…", expiresAt: null },
  by: "Ada Example",
  issuedFor: null,
  at: NOW.toISOString(),
});

/** Messages in the outbox, to the world's user. */
export async function addMail(db: Db, world: World, { count = 1, toAddress = "user@world.example", now = NOW } = {}) {
  await writeMail(
    db as never,
    Array.from({ length: count }, (_, at) => ({
      organizationId: world.organizationId,
      memberId: world.user.memberId,
      toName: "User",
      toAddress,
      content: createdContent(`token ${at}`),
    })),
    now,
  );
}

/** A mailer that does as it is told, and keeps what it was given. */
export function actingMailer(
  answer: (message: Message, attempt: number) => Delivery | Promise<Delivery> = () => ({ outcome: "sent" }),
) {
  const given: Message[] = [];
  const mailer: Mailer = {
    async send(message) {
      given.push(message);
      return answer(message, given.length);
    },
  };
  return { mailer, given };
}
