/** What an organization may call its groups. */
export const GROUP_NOUNS = ["group", "team", "business_unit", "visibility_group"] as const;
export type GroupNoun = (typeof GROUP_NOUNS)[number];

export interface GroupWords {
  /** In a sentence: "a business unit". */
  one: string;
  many: string;
  /** The name of the page and its entry in the navigation. */
  title: string;
  administrator: string;
}

/** The organization's own word for a group, wherever one is spoken of. */
export const GROUP_WORDS: Record<GroupNoun, GroupWords> = {
  group: { one: "group", many: "groups", title: "Groups", administrator: "Group administrator" },
  team: { one: "team", many: "teams", title: "Teams", administrator: "Team administrator" },
  business_unit: {
    one: "business unit",
    many: "business units",
    title: "Business units",
    administrator: "Business unit administrator",
  },
  visibility_group: {
    one: "visibility group",
    many: "visibility groups",
    title: "Visibility groups",
    administrator: "Visibility group administrator",
  },
};
