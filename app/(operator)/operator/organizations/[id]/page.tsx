import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { AccessRequestsCard } from "@/components/operator/access-requests-card";
import { OrganizationEventsCard } from "@/components/operator/organization-events-card";
import { OrganizationTokensCard } from "@/components/operator/organization-tokens-card";
import { PlanCard } from "@/components/operator/plan-card";
import { PRESET_NAMES } from "@/components/operator/preset-names";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { CalendarDate } from "@/components/ui/relative-time";
import { requestContext } from "@/lib/auth/request-context";
import { requireOperator } from "@/lib/auth/require-member";
import { inspectOrganization } from "@/lib/organizations/inspect-organization";
import { setPlanAction, switchTokensAction } from "../actions";

export const metadata: Metadata = { title: "Organization" };

const organizationId = z.uuid();

export default async function OrganizationPage({ params }: PageProps<"/operator/organizations/[id]">) {
  const operator = await requireOperator();
  const id = organizationId.safeParse((await params).id);
  const found = id.success ? await inspectOrganization(operator, id.data, await requestContext()) : null;
  if (!found) notFound();
  const { organization, requests, events } = found;
  return (
    <>
      <PageHeader
        back={{ href: "/operator", label: "Organizations" }}
        title={<bdi>{organization.name}</bdi>}
        description={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span>{organization.slug}</span>
            <Badge>{PRESET_NAMES[organization.preset]}</Badge>
            <span>
              created <CalendarDate value={organization.createdAt} />
            </span>
          </span>
        }
      />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <OrganizationTokensCard organization={organization} switchTokens={switchTokensAction} />
          <PlanCard organization={organization} setPlan={setPlanAction} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <AccessRequestsCard requests={requests} total={organization.requests} />
          <OrganizationEventsCard events={events} />
        </div>
      </div>
    </>
  );
}
