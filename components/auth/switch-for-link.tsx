"use client";

import type { Route } from "next";
import Link from "next/link";
import { type SwitchAction, useSwitchOrganization } from "@/components/shell/use-switch-organization";
import { Button } from "@/components/ui/button";
import type { Membership } from "@/lib/organizations/list-memberships";

type SwitchForLinkProps = {
  membership: Membership;
  /** The page that the link is for. */
  place: string;
  /** The organization that is looked at, where it is one that lets in. */
  stayIn: string | null;
  switchOrganization: SwitchAction;
};

/** The two ways on from a link into another organization. */
export function SwitchForLink({ membership, place, stayIn, switchOrganization }: SwitchForLinkProps) {
  const [switching, go] = useSwitchOrganization(switchOrganization);
  // A fragment stays with the browser: the server knows the page without it.
  const open = () => go(membership.organizationId, place + window.location.hash);
  return (
    <div className="grid gap-2">
      <Button variant="primary" className="w-full" loading={switching} onClick={() => void open()}>
        <span className="truncate">Open in {membership.name}</span>
      </Button>
      {stayIn && (
        <Button asChild className="w-full">
          <Link href={"/" as Route}>
            <span className="truncate">Stay in {stayIn}</span>
          </Link>
        </Button>
      )}
    </div>
  );
}
