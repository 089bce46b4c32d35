import { pageAnswer } from "../answer-fields";
import { listOf, memberExample } from "../api-examples";
import { listQuery } from "../list-query";
import { memberAnswer } from "../organization-resources";
import { endpointGroup, pageNotes } from "./endpoint";

export const members = endpointGroup({
  title: "Members",
  summary: "The people and service accounts of the organization.",
  endpoints: [
    {
      operationId: "listMembers",
      method: "GET",
      path: "/api/v1/members",
      credential: "token",
      permission: "members:read",
      title: "List members",
      summary: "In the order in which they joined.",
      query: listQuery,
      notes: pageNotes,
      status: 200,
      answer: pageAnswer("MemberPage", memberAnswer),
      example: listOf(memberExample),
      problems: ["invalid_cursor"],
    },
    {
      operationId: "getMember",
      method: "GET",
      path: "/api/v1/members/{id}",
      credential: "token",
      permission: "members:read",
      title: "Read a member",
      summary: "With role, groups, status and, for a service account, who answers for it.",
      status: 200,
      answer: memberAnswer,
      example: memberExample,
      problems: ["not_found"],
    },
  ],
});
