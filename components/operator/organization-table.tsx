import type { Route } from "next";
import Link from "next/link";
import { counted } from "@/components/tokens/counted";
import { Badge } from "@/components/ui/badge";
import { StatusDot } from "@/components/ui/status-dot";
import type { OrganizationRow } from "@/lib/organizations/list-organizations";
import { PLAN_FACTS } from "@/lib/organizations/plans";
import { PRESET_NAMES } from "./preset-names";

/** Every organization in a line; below 720 px in a card. */
export function OrganizationTable({ organizations }: { organizations: OrganizationRow[] }) {
  return (
    <div className="relative rounded-surface sm:overflow-x-auto border border-line bg-panel max-sm:border-0 max-sm:bg-transparent">
      <table aria-label="Organizations" className="w-full text-sm max-sm:block">
        <thead className="text-left text-soft text-xs max-sm:hidden">
          <tr className="*:h-10 *:px-4 *:font-medium *:whitespace-nowrap">
            <th scope="col">Organization</th>
            <th scope="col">Plan</th>
            <th scope="col">Policy preset</th>
            <th scope="col">Tokens</th>
            <th scope="col" className="text-right">
              Members
            </th>
            <th scope="col" className="text-right">
              Active tokens
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)] max-sm:gap-2">
          {organizations.map((organization) => (
            <tr
              key={organization.id}
              className="relative transition-colors hover:bg-hover *:h-13 *:border-line *:border-t *:px-4 max-sm:block max-sm:rounded-surface max-sm:border max-sm:border-line max-sm:bg-panel max-sm:px-4 max-sm:py-3 max-sm:*:h-auto max-sm:*:border-0 max-sm:*:p-0"
            >
              <th
                scope="row"
                className="max-w-72 text-left font-medium max-sm:block max-sm:max-w-none max-sm:text-base"
              >
                {/* The link's box is the whole line. */}
                <Link
                  href={`/operator/organizations/${organization.id}` as Route}
                  dir="auto"
                  title={organization.name}
                  className="block truncate text-left after:absolute after:inset-0"
                >
                  {organization.name}
                </Link>
                <span className="block truncate font-normal text-faint text-xs max-sm:text-soft">
                  {organization.slug}
                </span>
              </th>
              <Fact>{PLAN_FACTS[organization.plan].name}</Fact>
              <Fact>
                <Badge>{PRESET_NAMES[organization.preset]}</Badge>
              </Fact>
              <Fact>
                <span className="flex items-center gap-2.5">
                  <TokensSwitch organization={organization} on="On" off="Off" />
                  <Requests count={organization.requests} />
                </span>
              </Fact>
              <Fact end>{organization.members.toLocaleString("en")}</Fact>
              <Fact end>{organization.liveTokens.toLocaleString("en")}</Fact>
              <td className="block text-sm text-soft sm:hidden">
                <div className="mt-1 flex h-5 min-w-0 items-center gap-2">
                  <span className="text-ink">
                    <TokensSwitch organization={organization} on="Tokens on" off="Tokens off" />
                  </span>
                  <Dot />
                  <span className="sr-only">Policy preset</span>
                  <Badge className="min-w-0">{PRESET_NAMES[organization.preset]}</Badge>
                </div>
                <div className="mt-1 flex h-5 items-center gap-2">
                  <span className="sr-only">Plan</span>
                  {PLAN_FACTS[organization.plan].name}
                  <Dot />
                  {counted(organization.members, "member")}
                  <Dot />
                  {counted(organization.liveTokens, "active token")}
                </div>
                {organization.requests > 0 && (
                  <div className="mt-1.5">
                    <Requests count={organization.requests} />
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One fact of the line; a card tells it in its own words. */
function Fact({ end = false, children }: { end?: boolean; children: React.ReactNode }) {
  return <td className={`whitespace-nowrap max-sm:hidden ${end ? "text-right" : ""}`}>{children}</td>;
}

function TokensSwitch({ organization, on, off }: { organization: OrganizationRow; on: string; off: string }) {
  return (
    <span title={organization.tokensDisabledReason ?? undefined}>
      <StatusDot tone={organization.tokensEnabled ? "green" : "grey"}>
        {organization.tokensEnabled ? on : off}
      </StatusDot>
    </span>
  );
}

const Requests = ({ count }: { count: number }) =>
  count > 0 ? <Badge tone="brass">{counted(count, "request")}</Badge> : null;

const Dot = () => (
  <span aria-hidden="true" className="text-faint">
    ·
  </span>
);
