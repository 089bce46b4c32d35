"use server";

import { memberAction } from "@/lib/auth/member-action";
import { updateOrganizationInput } from "@/lib/organizations/organization-input";
import { updateOrganization } from "@/lib/organizations/update-organization";

export const updateOrganizationAction = memberAction(updateOrganizationInput, updateOrganization);
