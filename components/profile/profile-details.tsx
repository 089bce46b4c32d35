import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import type { GroupWords } from "@/lib/organizations/group-words";

type ProfileDetailsProps = {
  name: string;
  email: string;
  role: string;
  /** The person is one of those who keep all this. */
  administers: boolean;
  organization: string;
  groups: { id: string; name: string; isAdministrator: boolean }[];
  /** What the organization calls them. */
  words: GroupWords;
};

export function ProfileDetails({ name, email, role, administers, organization, groups, words }: ProfileDetailsProps) {
  return (
    <Card aria-label="Details">
      <CardHeader
        title="Details"
        description={
          administers
            ? "You administer this organization. Another administrator can change your role."
            : "Administrators keep these; ask one where something is wrong."
        }
      />
      <CardBody className="grid gap-3">
        <div className="flex min-w-0 items-center gap-3.5 pt-1">
          <Avatar name={name} seed={email} size="xl" />
          <div className="min-w-0">
            <p className="font-semibold text-lg [overflow-wrap:anywhere]">{name}</p>
            <p className="text-soft text-sm [overflow-wrap:anywhere]">{email}</p>
          </div>
        </div>
        <DescriptionList>
          <DescriptionItem term="Organization">{organization}</DescriptionItem>
          <DescriptionItem term="Role">
            <Badge>{role}</Badge>
          </DescriptionItem>
          <DescriptionItem term={words.title}>
            {groups.length === 0 ? (
              <span className="text-soft">None</span>
            ) : (
              <ul className="flex flex-wrap gap-x-4 gap-y-1">
                {groups.map((group) => (
                  <li key={group.id}>
                    {group.name}
                    {group.isAdministrator && <span className="text-soft"> · administrator</span>}
                  </li>
                ))}
              </ul>
            )}
          </DescriptionItem>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}
