import { pageAnswer } from "../answer-fields";
import { listQuery } from "../list-query";
import { groupAnswer } from "../organization-resources";
import { endpointGroup, pageNotes } from "./endpoint";

export const groups = endpointGroup({
  title: "Groups",
  summary: "Who belongs together. Where the organization has it so, groups also bound what their members see.",
  endpoints: [
    {
      operationId: "listGroups",
      clientMethod: "groups.list",
      method: "GET",
      path: "/api/v1/groups",
      credential: "token",
      permission: "groups:read",
      title: "List groups",
      summary:
        "In the order in which they were made: all of them, or the issuer's own where groups bound what it sees.",
      query: listQuery,
      notes: pageNotes,
      status: 200,
      answer: pageAnswer("GroupPage", groupAnswer),
      problems: ["invalid_cursor"],
    },
    {
      operationId: "getGroup",
      clientMethod: "groups.get",
      method: "GET",
      path: "/api/v1/groups/{id}",
      credential: "token",
      permission: "groups:read",
      title: "Read a group",
      summary: "How many are in it, and who administers it. The list of members says who is in which group.",
      status: 200,
      answer: groupAnswer,
      problems: ["not_found"],
    },
  ],
});
