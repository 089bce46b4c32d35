import { Badge } from "@/components/ui/badge";
import { StatusDot } from "@/components/ui/status-dot";
import type { ListedMember } from "@/lib/members/member-list";

export function MemberStanding({ status }: { status: ListedMember["status"] }) {
  return status === "active" ? (
    <StatusDot tone="green">Active</StatusDot>
  ) : (
    <StatusDot tone="grey">Deactivated</StatusDot>
  );
}

/** What is particular about a member, beside its name. */
export function MemberMarks({ member: { kind, isYou } }: { member: Pick<ListedMember, "kind" | "isYou"> }) {
  if (kind === "service") return <Badge className="shrink-0">Service account</Badge>;
  return isYou ? <Badge className="shrink-0">You</Badge> : null;
}

export const PORTALS: Record<ListedMember["portal"], string> = { console: "Console", hub: "Partner hub" };
