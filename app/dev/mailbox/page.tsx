import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailboxPanes } from "@/components/mailbox/mailbox-panes";
import { EmptyState } from "@/components/ui/empty-state";
import { requestContext } from "@/lib/auth/request-context";
import { isMailboxOpen } from "@/lib/mail/configured-mailer";
import { mailboxSearch } from "@/lib/mail/mailbox-search";
import { MAILBOX_SHOWN, readMailbox } from "@/lib/mail/read-mailbox";

export const metadata: Metadata = { title: "Mailbox" };

/** The demo's mail, for everybody: there is nobody in it but the demo's own people. */
export default async function MailboxPage({ searchParams }: PageProps<"/dev/mailbox">) {
  if (!isMailboxOpen()) notFound();
  const q = mailboxSearch(await searchParams);
  const messages = await readMailbox({ q }, await requestContext());
  return (
    <MailboxPanes messages={messages} most={MAILBOX_SHOWN} sought={q} openId={null}>
      <EmptyState icon={Mail} title="Choose a message" className="md:py-32" />
    </MailboxPanes>
  );
}
