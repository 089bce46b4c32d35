"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { counted } from "@/components/tokens/counted";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "@/components/tokens/form-answer";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/auth/action-result";
import type { OrganizationRow } from "@/lib/organizations/list-organizations";
import { PLAN_FACTS, PLANS, type Plan } from "@/lib/organizations/plans";

type PlanCardProps = {
  organization: OrganizationRow;
  setPlan: Action<{ plan: Plan; tokensEnabled: boolean }>;
};

/** The organization's plan, and what changing it would stop. */
export function PlanCard({ organization, setPlan }: PlanCardProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState<Plan | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const plan = chosen ?? organization.plan;
  const changed = plan !== organization.plan;
  const stops = changed && organization.tokensEnabled && !PLAN_FACTS[plan].tokens;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy || !changed) return;
    setBusy(true);
    setTrouble(null);
    const result = await askServer(() => setPlan({ organization_id: organization.id, plan }));
    setBusy(false);
    if (!result.ok) return setTrouble(troubleOf(result) ?? { kind: "refused", sentence: "Choose a plan." });
    setChosen(null);
    toast.success(`${PLAN_FACTS[plan].name} is the plan now`, {
      description: stops ? "API tokens were switched off with it." : undefined,
    });
    router.refresh();
  }

  return (
    <Card aria-label="Plan">
      <form noValidate onSubmit={save}>
        <CardHeader title="Plan" description="Decides whether the organization can have API tokens at all." />
        <CardBody className="grid gap-4">
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was saved. Trying again does no harm."
          />
          <RadioGroup
            aria-label="Plan"
            value={plan}
            onValueChange={(value) => setChosen(value as Plan)}
            options={PLANS.map((each) => ({
              value: each,
              label: PLAN_FACTS[each].name,
              hint: PLAN_FACTS[each].sentence,
            }))}
          />
          {stops && (
            <Notice tone="warning" live title="API tokens are switched off with it">
              {organization.liveTokens === 0
                ? "No token is active now."
                : `${counted(organization.liveTokens, "active token stops", "active tokens stop")} at the next call.`}{" "}
              Nothing is deleted.
            </Notice>
          )}
          {changed &&
            !organization.tokensEnabled &&
            PLAN_FACTS[plan].tokens &&
            !PLAN_FACTS[organization.plan].tokens && (
              <Notice>API tokens stay off until you switch them on above.</Notice>
            )}
        </CardBody>
        <CardFooter>
          {changed && <Button onClick={() => setChosen(null)}>Keep {PLAN_FACTS[organization.plan].name}</Button>}
          <Button
            type="submit"
            variant={stops ? "danger" : "primary"}
            loading={busy}
            disabledReason={changed ? null : "This is the plan already."}
          >
            {stops ? "Change plan and switch off" : "Change plan"}
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
