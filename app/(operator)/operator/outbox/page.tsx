import type { Metadata } from "next";
import { MailWayNotice } from "@/components/operator/mail-way-notice";
import { OutboxScreen } from "@/components/operator/outbox-screen";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { requireOperator } from "@/lib/auth/require-member";
import { mailWay } from "@/lib/mail/configured-mailer";
import { viewOutbox } from "@/lib/mail/list-outbox";
import { sendAgainAction } from "./actions";

export const metadata: Metadata = { title: "Outbox" };

export default async function OutboxPage({ searchParams }: PageProps<"/operator/outbox">) {
  const view = await viewOutbox(await requireOperator(), await searchParams, await requestContext());
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Messages on their way and what became of them. You see subjects, not contents."
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-4">
        <MailWayNotice way={mailWay()} />
        <OutboxScreen view={view} sendAgain={sendAgainAction} />
      </div>
    </>
  );
}
