"use server";

import { accountAction } from "@/lib/auth/member-action";
import { switchOrganization, switchOrganizationInput } from "@/lib/auth/switch-organization";

export const switchOrganizationAction = accountAction(switchOrganizationInput, switchOrganization);
