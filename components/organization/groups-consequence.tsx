import { counted } from "@/components/tokens/counted";
import { Notice } from "@/components/ui/notice";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { OrganizationView } from "@/lib/organizations/view-organization";
import type { TokenWords } from "@/lib/tokens/token-words";

type GroupsConsequenceProps = {
  view: Pick<OrganizationView, "bounded" | "groupless" | "groupsTakeTokens">;
  enabled: boolean;
  groups: GroupWords;
  tokens: Pick<TokenWords, "many" | "remove">;
};

/** What switching groups on or off would do, and to how many, before it is saved. */
export function GroupsConsequence({ view, enabled, groups, tokens }: GroupsConsequenceProps) {
  const { bounded, groupless, groupsTakeTokens } = view;
  const ending = tokens.remove.toLowerCase();
  const people =
    bounded === 0
      ? "Members who are not administrators, of whom there is none yet, see"
      : counted(bounded, "member who is not an administrator sees", "members who are not administrators see");
  return (
    <Notice
      tone={enabled ? "warning" : "info"}
      live
      title={`From everybody's next request on, ${groups.many} are ${enabled ? "on" : "off"}`}
    >
      <ul className="mt-1 grid gap-0.5 [&>li:not(:only-child)]:ml-4 [&>li:not(:only-child)]:list-item [&>li:not(:only-child)]:list-disc">
        {enabled ? (
          <>
            <li>
              {people} only the people of {bounded === 1 ? "their" : "their own"} {groups.many}, here and through{" "}
              {tokens.many}.
            </li>
            {groupless > 0 && (
              <li>
                {groupless.toLocaleString("en")} of them {groupless === 1 ? "is" : "are"} in no {groups.one} yet and{" "}
                {groupless === 1 ? "sees" : "see"} nobody else.
              </li>
            )}
            {groupsTakeTokens && (
              <li>
                Only administrators create and {ending} {tokens.many}; administrators of a {groups.one} do not.
              </li>
            )}
          </>
        ) : (
          <>
            <li>
              {people} everybody whom the role shows, whatever the {groups.one}.
            </li>
            {groupsTakeTokens && (
              <li>
                Everyone may create {tokens.many}, and {ending} what they created.
              </li>
            )}
          </>
        )}
      </ul>
    </Notice>
  );
}
