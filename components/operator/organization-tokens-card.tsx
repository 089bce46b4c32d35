"use client";

import { Hand } from "lucide-react";
import { useState } from "react";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { StatusDot } from "@/components/ui/status-dot";
import type { Action } from "@/lib/auth/action-result";
import type { OrganizationRow } from "@/lib/organizations/list-organizations";
import { PLAN_FACTS } from "@/lib/organizations/plans";
import { SwitchTokensDialog } from "./switch-tokens-dialog";

type OrganizationTokensCardProps = {
  organization: OrganizationRow;
  switchTokens: Action<{ tokensEnabled: boolean }>;
};

/** Whether the organization has API tokens, why not, and the switch. */
export function OrganizationTokensCard({ organization, switchTokens }: OrganizationTokensCardProps) {
  const [open, setOpen] = useState(false);
  const { tokensEnabled: on, tokensDisabledReason: reason, liveTokens, members, plan, requests } = organization;
  const excluded =
    !on && !PLAN_FACTS[plan].tokens
      ? `The ${PLAN_FACTS[plan].name} plan does not include API tokens. Change the plan first.`
      : null;
  return (
    <Card aria-label="API tokens">
      <CardHeader
        title="API tokens"
        description={
          on
            ? "Switching them off refuses every token at its next call and deletes none."
            : "Switching them on lets every active token work again at its next call."
        }
        action={
          <Button variant={on ? "danger-quiet" : "primary"} disabledReason={excluded} onClick={() => setOpen(true)}>
            {on ? "Switch off" : "Switch on"}
          </Button>
        }
      />
      <CardBody className="py-1.5">
        {!on && requests > 0 && (
          <Notice icon={Hand} className="mt-2.5 mb-1">
            {counted(requests, "member asks", "members ask")} for them to be switched on.
          </Notice>
        )}
        <DescriptionList>
          <DescriptionItem term="State">
            <StatusDot tone={on ? "green" : "grey"}>{on ? "On" : "Off"}</StatusDot>
          </DescriptionItem>
          {!on && (
            <DescriptionItem term="Reason">
              {reason ? (
                <span dir="auto" className="whitespace-pre-line">
                  {reason}
                </span>
              ) : (
                <span className="text-soft">None was given</span>
              )}
            </DescriptionItem>
          )}
          <DescriptionItem term="Active tokens">
            {liveTokens.toLocaleString("en")}
            {!on && liveTokens > 0 && <span className="text-soft"> · refused while tokens are off</span>}
          </DescriptionItem>
          <DescriptionItem term="Members">{counted(members, "active member")}</DescriptionItem>
        </DescriptionList>
      </CardBody>
      <SwitchTokensDialog organization={organization} open={open} onOpenChange={setOpen} switchTokens={switchTokens} />
    </Card>
  );
}
