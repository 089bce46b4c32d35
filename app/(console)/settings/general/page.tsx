import type { Metadata } from "next";
import { AllowedOriginsCard } from "@/components/organization/allowed-origins-card";
import { OrganizationFacts } from "@/components/organization/organization-facts";
import { OrganizationForm } from "@/components/organization/organization-form";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords, requireMember } from "@/lib/auth/require-member";
import { viewOrganization } from "@/lib/organizations/view-organization";
import { updateOrganizationAction } from "./actions";

export const metadata: Metadata = { title: "General" };

export default async function GeneralPage() {
  const member = await requireMember();
  const view = await viewOrganization(member, await requestContext());
  if (!view.ok) return <NoPermissionPanel title="General" permission="organization:manage" />;
  const { tokens } = await organizationWords();
  return (
    <>
      <PageHeader
        title="General"
        description="What the organization is called, how it divides its people, and which sites may call the API."
      />
      <div className="mt-6 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-6">
        <OrganizationForm view={view.value} tokens={tokens} update={updateOrganizationAction} />
        <AllowedOriginsCard view={view.value} tokens={tokens} update={updateOrganizationAction} />
        <OrganizationFacts organization={view.value.organization} tokens={tokens} />
      </div>
    </>
  );
}
