import type { Metadata } from "next";
import { OperatorShell } from "@/components/operator/operator-shell";
import { OrganizationTable } from "@/components/operator/organization-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { requireOperator } from "@/lib/auth/require-member";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { signOutAction } from "../../(auth)/sign-in/actions";

export const metadata: Metadata = { title: "Organizations" };

export default async function OperatorPage() {
  const operator = await requireOperator();
  const organizations = await listOrganizations(operator, await requestContext());
  return (
    <OperatorShell person={{ name: operator.name, email: operator.email }} signOut={signOutAction}>
      <PageHeader
        title="Organizations"
        description="Who uses this installation, what their tokens are set to, and how many of them are active."
      />
      <div className="mt-5">
        {organizations.length > 0 ? (
          <OrganizationTable organizations={organizations} />
        ) : (
          <EmptyState title="No organizations yet" description="The first one is made by setting Latchkey up." />
        )}
      </div>
    </OperatorShell>
  );
}
