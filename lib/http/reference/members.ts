import { changeMemberInput } from "@/lib/members/member-input";
import { pageAnswer } from "../answer-fields";
import { changeMemberBody } from "../api-examples";
import { listQuery } from "../list-query";
import { memberAnswer } from "../organization-resources";
import { endpointGroup, pageNotes } from "./endpoint";

export const members = endpointGroup({
  title: "Members",
  summary: "The people and service accounts of the organization.",
  endpoints: [
    {
      operationId: "listMembers",
      clientMethod: "members.list",
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
      problems: ["invalid_cursor"],
    },
    {
      operationId: "getMember",
      clientMethod: "members.get",
      method: "GET",
      path: "/api/v1/members/{id}",
      credential: "token",
      permission: "members:read",
      title: "Read a member",
      summary: "With role, groups, status and, for a service account, who answers for it.",
      status: 200,
      answer: memberAnswer,
      problems: ["not_found"],
    },
    {
      operationId: "updateMember",
      clientMethod: "members.update",
      method: "PATCH",
      path: "/api/v1/members/{id}",
      credential: "token",
      permission: "members:write",
      title: "Change a member",
      summary:
        "Gives another role, portal or owner, changes the groups, or deactivates and reactivates: all of it or nothing. What is left out stays. It bears on the member's next request and on the next call of its tokens. A token changes nobody who may do more than the token itself, gives no role that allows more, and leaves the organization its last administrator.",
      body: changeMemberInput,
      notes: {
        role_id: "Which role the member is to have.",
        portal: "Where a person signs in: the console, or the hub, where nobody administers anything.",
        group_ids: "All groups that the member is to be in, of those that the issuer manages; the others stay.",
        owner: "Who answers for a service account: a member, or the administrators of a group.",
        status: "deactivated shuts the member and its tokens out; active lets both in again.",
      },
      bodyExample: changeMemberBody,
      status: 200,
      answer: memberAnswer,
      problems: [
        "not_found",
        "member_outranks_you",
        "last_administrator",
        "role_not_found",
        "role_exceeds_yours",
        "group_not_found",
        "not_in_hub",
        "not_a_service_account",
        "account_sees_more",
        "member_not_found",
      ],
    },
  ],
});
