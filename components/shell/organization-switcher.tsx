"use client";

import { ChevronsUpDown } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { Membership } from "@/lib/organizations/list-memberships";
import { Mark } from "./mark";
import { type SwitchAction, useSwitchOrganization } from "./use-switch-organization";

type OrganizationSwitcherProps = {
  /** The one that the page shows. */
  current: { id: string; name: string };
  memberships: Membership[];
  switchOrganization: SwitchAction;
};

/** For a member of several organizations: which one this is, and the way to the others. */
export function OrganizationSwitcher({ current, memberships, switchOrganization }: OrganizationSwitcherProps) {
  const [switching, go] = useSwitchOrganization(switchOrganization);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${current.name}: switch organization`}
        aria-busy={switching}
        className="flex h-9 w-full min-w-0 items-center gap-2.5 rounded-sm px-2 text-left font-semibold transition-colors hover:bg-hover data-[state=open]:bg-hover"
      >
        <Mark />
        <span className="min-w-0 flex-1 truncate">{current.name}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>Your organizations</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={current.id} onValueChange={(id) => id !== current.id && go(id)}>
          {memberships.map(({ organizationId, name, role, portal }) => (
            <DropdownMenuRadioItem key={organizationId} value={organizationId} disabled={switching}>
              <span className="grid min-w-0 flex-1">
                <span dir="auto" className="truncate text-left font-medium">
                  {name}
                </span>
                <span className="flex min-w-0 items-center gap-1.5 text-soft text-xs">
                  <span className="truncate">{role}</span>
                  {portal === "hub" && <Badge>Partner hub</Badge>}
                </span>
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
