import { organizationAnswer } from "../organization-resources";
import { endpointGroup } from "./endpoint";

export const organization = endpointGroup({
  title: "Organization",
  summary: "The organization that the token belongs to; a token never sees another.",
  endpoints: [
    {
      operationId: "getOrganization",
      clientMethod: "organization.get",
      method: "GET",
      path: "/api/v1/organization",
      credential: "token",
      permission: "organization:read",
      title: "Read the organization",
      summary: "Its name, plan and what is switched on.",
      status: 200,
      answer: organizationAnswer,
    },
  ],
});
