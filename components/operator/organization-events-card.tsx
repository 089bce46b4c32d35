import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { OrganizationEvent } from "@/lib/organizations/inspect-organization";
import { PLAN_FACTS, type Plan } from "@/lib/organizations/plans";

/** What was done to the organization as a whole, latest first. */
export function OrganizationEventsCard({ events }: { events: OrganizationEvent[] }) {
  return (
    <Card aria-label="History">
      <CardHeader title="History" description="What was done to the organization as a whole." />
      {events.length === 0 ? (
        <CardBody className="text-soft text-sm">Nothing yet.</CardBody>
      ) : (
        <ol className="divide-y divide-line">
          {events.map((event) => (
            <li
              key={`${event.at.toISOString()} ${event.action}`}
              className="grid gap-0.5 px-5 py-3 text-sm max-sm:px-4"
            >
              <p className="text-pretty">{wordsOf(event)}</p>
              {event.reason && (
                <p dir="auto" className="whitespace-pre-line text-pretty text-soft [overflow-wrap:anywhere]">
                  {event.reason}
                </p>
              )}
              <p className="text-soft text-xs">
                <RelativeTime value={event.at} />
                {event.by && <> · {event.by}</>}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const planName = (plan: string) => (plan in PLAN_FACTS ? PLAN_FACTS[plan as Plan].name : plan);

function wordsOf({ action, plan, enabled }: OrganizationEvent): string {
  switch (action) {
    case "organization.created":
      return "Organization created";
    case "organization.updated":
      return plan ? `Plan changed from ${planName(plan.from)} to ${planName(plan.to)}` : "Settings changed";
    case "tokens.switched":
      return enabled === null ? "API tokens switched" : `API tokens switched ${enabled ? "on" : "off"}`;
    case "tokens.requested":
      return "A member asked for API tokens";
    case "policy.updated":
      return "Token policy changed";
  }
}
