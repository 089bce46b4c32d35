import { pageAnswer } from "../answer-fields";
import { listQuery } from "../list-query";
import { roleAnswer } from "../organization-resources";
import { endpointGroup, pageNotes } from "./endpoint";

export const roles = endpointGroup({
  title: "Roles",
  summary: "Named sets of permissions. A token with a role may do what its role and its issuer both may.",
  endpoints: [
    {
      operationId: "listRoles",
      clientMethod: "roles.list",
      method: "GET",
      path: "/api/v1/roles",
      credential: "token",
      permission: "roles:read",
      title: "List roles",
      summary: "The four built-in ones and the organization's own.",
      query: listQuery,
      notes: pageNotes,
      status: 200,
      answer: pageAnswer("RolePage", roleAnswer),
      problems: ["invalid_cursor"],
    },
  ],
});
