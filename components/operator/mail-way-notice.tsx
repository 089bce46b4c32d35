import type { Route } from "next";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { MailWay } from "@/lib/mail/configured-mailer";

/** Where messages go, where that is not to their receivers. */
export function MailWayNotice({ way }: { way: MailWay }) {
  if (way === "mailbox") {
    return (
      <Notice action={<Link href={"/dev/mailbox" as Route}>Open the mailbox</Link>}>
        No mail server is set, so the messages of this demo are kept here to be read.
      </Notice>
    );
  }
  if (way === "none") {
    return (
      <Notice tone="warning" title="Messages cannot leave">
        Set <code>RESEND_API_KEY</code> or <code>SMTP_URL</code>. What waits for three days until then is dropped: it
        would tell nobody anything any more.
      </Notice>
    );
  }
  return null;
}
