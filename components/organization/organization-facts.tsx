import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate } from "@/components/ui/relative-time";
import { StatusDot } from "@/components/ui/status-dot";
import { PLAN_FACTS } from "@/lib/organizations/plans";
import type { OrganizationView } from "@/lib/organizations/view-organization";
import type { TokenWords } from "@/lib/tokens/token-words";

type OrganizationFactsProps = {
  organization: OrganizationView["organization"];
  tokens: Pick<TokenWords, "title">;
};

/** What an administrator reads here and the operator decides. */
export function OrganizationFacts({ organization, tokens }: OrganizationFactsProps) {
  const { plan, tokensEnabled, tokensDisabledReason, slug, createdAt } = organization;
  return (
    <Card aria-label="Subscription">
      <CardHeader
        title="Subscription"
        description="Whoever hosts Latchkey for you keeps these; ask them for a change."
      />
      <CardBody className="py-1.5">
        <DescriptionList>
          <DescriptionItem term="Plan">
            {PLAN_FACTS[plan].name}
            <span className="block text-soft">{PLAN_FACTS[plan].sentence}</span>
          </DescriptionItem>
          <DescriptionItem term={tokens.title}>
            <StatusDot tone={tokensEnabled ? "green" : "grey"}>{tokensEnabled ? "On" : "Off"}</StatusDot>
            {!tokensEnabled && tokensDisabledReason && (
              <span dir="auto" className="block whitespace-pre-line text-soft">
                {tokensDisabledReason}
              </span>
            )}
          </DescriptionItem>
          <DescriptionItem term="Short name">
            <code className="font-mono text-xs">{slug}</code>
          </DescriptionItem>
          <DescriptionItem term="Created">
            <CalendarDate value={createdAt} />
          </DescriptionItem>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}
