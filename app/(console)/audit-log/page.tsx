import type { Metadata } from "next";
import { AuditLog } from "@/components/audit/audit-log";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { PageHeader } from "@/components/ui/page-header";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords, requireMember } from "@/lib/auth/require-member";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditLogPage({ searchParams }: PageProps<"/audit-log">) {
  const member = await requireMember();
  const view = await listAuditEvents(member, await searchParams, await requestContext());
  if (!view.ok) return <NoPermissionPanel title="Audit log" permission="audit:read" />;
  const words = await organizationWords();
  return (
    <>
      <PageHeader
        title="Audit log"
        description={
          member.bounded
            ? `Who did what in the ${words.groups.many} that you are in, and from where.`
            : "Who did what in the organization, and from where. Nothing is ever taken out of it."
        }
      />
      <div className="mt-5">
        <AuditLog view={view.value} words={words} />
      </div>
    </>
  );
}
