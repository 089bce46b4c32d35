import type { Metadata } from "next";
import { OrganizationSearch } from "@/components/operator/organization-search";
import { OrganizationTable } from "@/components/operator/organization-table";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { requireOperator } from "@/lib/auth/require-member";
import { listOrganizations } from "@/lib/organizations/list-organizations";

export const metadata: Metadata = { title: "Organizations" };

export default async function OperatorPage({ searchParams }: PageProps<"/operator">) {
  const operator = await requireOperator();
  const { q } = await searchParams;
  const sought = typeof q === "string" ? searchText(q) : "";
  const { rows, total } = await listOrganizations(operator, { q: sought }, await requestContext());
  return (
    <>
      <PageHeader
        title="Organizations"
        description="Who uses this installation, what their tokens are set to, and who asks for them."
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex">
          <OrganizationSearch />
        </div>
        {rows.length > 0 ? (
          <OrganizationTable organizations={rows} />
        ) : sought ? (
          <EmptyState
            title="No organization matches"
            description="Search by a part of its name or of its short name."
          />
        ) : (
          <EmptyState title="No organizations yet" description="The first one is made by setting Latchkey up." />
        )}
        {total > rows.length && (
          <p className="text-soft text-sm">
            The first {rows.length.toLocaleString("en")} of {total.toLocaleString("en")}: search to find the others.
          </p>
        )}
      </div>
    </>
  );
}

/** What an address may ask for: anything else is as if nothing was asked. */
const searchText = (q: string) => (q.length <= 200 && q.isWellFormed() && !/\p{Cc}/u.test(q) ? q.trim() : "");
