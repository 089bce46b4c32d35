import { Badge } from "@/components/ui/badge";
import { StatusDot } from "@/components/ui/status-dot";
import type { OrganizationRow } from "@/lib/organizations/list-organizations";
import type { Preset } from "@/lib/tokens/token-presets";

const PRESETS: Record<Preset, string> = {
  admin_issued: "Admin-issued",
  role_scoped: "Role-scoped",
  single_rotating: "Single rotating",
  personal_mirror: "Personal mirror",
  client_credentials: "Client credentials",
};

const PLANS: Record<OrganizationRow["plan"], string> = {
  starter: "Starter",
  pro: "Pro",
  premium: "Premium",
  enterprise: "Enterprise",
};

const cell = "block truncate max-sm:text-right";

/** Every organization in a line; below 720 px in a card. */
export function OrganizationTable({ organizations }: { organizations: OrganizationRow[] }) {
  return (
    <div className="relative rounded-surface sm:overflow-x-auto border border-line bg-panel max-sm:border-0 max-sm:bg-transparent">
      <table aria-label="Organizations" className="w-full text-sm max-sm:block">
        <thead className="text-left text-soft text-xs max-sm:sr-only">
          <tr className="*:h-10 *:px-4 *:font-medium *:whitespace-nowrap">
            <th scope="col">Organization</th>
            <th scope="col">Plan</th>
            <th scope="col">Policy preset</th>
            <th scope="col">Tokens</th>
            <th scope="col" className="text-right">
              Members
            </th>
            <th scope="col" className="text-right">
              Live tokens
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)] max-sm:gap-2">
          {organizations.map((organization) => (
            <tr
              key={organization.id}
              className="*:h-13 *:border-line *:border-t *:px-4 max-sm:block max-sm:rounded-surface max-sm:border max-sm:border-line max-sm:bg-panel max-sm:px-4 max-sm:py-3 max-sm:*:h-auto max-sm:*:border-0 max-sm:*:p-0"
            >
              <th scope="row" className="max-w-72 text-left font-medium max-sm:mb-2 max-sm:block max-sm:max-w-none">
                <span dir="auto" title={organization.name} className="block truncate text-left">
                  {organization.name}
                </span>
                <span className="block truncate font-normal text-faint text-xs">{organization.slug}</span>
              </th>
              <Fact label="Plan">{PLANS[organization.plan]}</Fact>
              <Fact label="Policy preset">
                <Badge>{PRESETS[organization.preset]}</Badge>
              </Fact>
              <Fact label="Tokens">
                <span title={organization.tokensDisabledReason ?? undefined}>
                  <StatusDot tone={organization.tokensEnabled ? "green" : "grey"}>
                    {organization.tokensEnabled ? "On" : "Off"}
                  </StatusDot>
                </span>
              </Fact>
              <Fact label="Members" end>
                {organization.members.toLocaleString("en")}
              </Fact>
              <Fact label="Live tokens" end>
                {organization.liveTokens.toLocaleString("en")}
              </Fact>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Fact({ label, end = false, children }: { label: string; end?: boolean; children: React.ReactNode }) {
  return (
    <td
      className={`whitespace-nowrap max-sm:flex max-sm:min-h-7 max-sm:items-center max-sm:justify-between max-sm:gap-4 ${end ? "text-right" : ""}`}
    >
      <span aria-hidden="true" className="text-soft sm:hidden">
        {label}
      </span>
      <span className={cell}>{children}</span>
    </td>
  );
}
