"use client";

import { type SwitchAction, useSwitchOrganization } from "@/components/shell/use-switch-organization";
import { Button } from "@/components/ui/button";
import type { Membership } from "@/lib/organizations/list-memberships";

/** The organizations that still let somebody in whom one has not. */
export function OrganizationChoices(props: { memberships: Membership[]; switchOrganization: SwitchAction }) {
  const [switching, go] = useSwitchOrganization(props.switchOrganization);
  return (
    <ul className="grid gap-2">
      {props.memberships.map(({ organizationId, name }) => (
        <li key={organizationId}>
          <Button variant="primary" className="w-full" loading={switching} onClick={() => go(organizationId)}>
            <span className="truncate">Go to {name}</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
