import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { MailMessage } from "@/components/mailbox/mail-message";
import { MailboxPanes } from "@/components/mailbox/mailbox-panes";
import { requestContext } from "@/lib/auth/request-context";
import { isMailboxOpen } from "@/lib/mail/configured-mailer";
import { mailboxSearch } from "@/lib/mail/mailbox-search";
import { MAILBOX_SHOWN, readMailbox, readMailboxMessage } from "@/lib/mail/read-mailbox";

export const metadata: Metadata = { title: "Mailbox" };

const messageId = z.uuid();

export default async function MailboxMessagePage({ params, searchParams }: PageProps<"/dev/mailbox/[id]">) {
  const id = messageId.safeParse((await params).id);
  if (!isMailboxOpen() || !id.success) notFound();
  const ctx = await requestContext();
  const q = mailboxSearch(await searchParams);
  const [message, messages] = await Promise.all([readMailboxMessage(id.data, ctx), readMailbox({ q }, ctx)]);
  if (!message) notFound();
  return (
    <MailboxPanes messages={messages} most={MAILBOX_SHOWN} sought={q} openId={message.id}>
      <MailMessage key={message.id} message={message} />
    </MailboxPanes>
  );
}
