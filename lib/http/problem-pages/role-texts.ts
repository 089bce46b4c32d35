import type { ProblemTexts } from "./problem-text";

/** Roles and permissions. Nothing was changed. */
export const ROLE_TEXTS = {
  role_built_in: {
    what: "The role stays as it is: it is one of those that every organization has.",
    why: "People and programs rely on what these mean.",
    mend: ["Make a role of your own that allows what is needed, and give it instead."],
    screen: "roles",
  },
  role_in_use: {
    what: "The role was not deleted: somebody or something has it.",
    why: "Without a role they could do nothing, from one moment to the next.",
    mend: [
      "Give another role to the members and invitations that have it.",
      "Tokens keep the role that they were made with: delete these, or let them expire.",
    ],
    screen: "roles",
  },
  role_name_taken: {
    what: "Nothing was done: a role of this organization has that name.",
    why: "Roles are chosen by their names, so each has its own.",
    mend: ["Choose another name, or change the role that is there."],
    field: "name",
    screen: "roles",
  },
  permission_name_taken: {
    what: "Nothing was done: a permission has that name.",
    why: "APIs behind the gate ask for permissions by name. Two of one name could not be told apart.",
    mend: ["Choose another name, of the form `noun:verb`, or use the one that is there."],
    field: "name",
    screen: "roles",
  },
  permission_not_found: {
    what: "Nothing was done: a permission that the request names does not exist here.",
    why: "A role can hold this API's own permissions and those that the organization made.",
    mend: [
      "Compare the names with those under *Roles*.",
      "Add the permission first, where an API behind the gate is to ask for it.",
    ],
    field: "permissions",
    screen: "roles",
  },
  permission_in_use: {
    what: "The permission was not deleted: roles hold it.",
    why: "What members and tokens may do would change without anybody having said so.",
    mend: ["Take it out of these roles, which shows whom that touches, then delete it."],
    screen: "roles",
  },
} as const satisfies ProblemTexts;
