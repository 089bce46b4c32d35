"use server";

import { operatorAction } from "@/lib/auth/member-action";
import { setPlanInput, switchTokensInput } from "@/lib/organizations/operator-input";
import { setPlan } from "@/lib/organizations/set-plan";
import { switchTokens } from "@/lib/organizations/switch-tokens";

export const setPlanAction = operatorAction(setPlanInput, setPlan);

export const switchTokensAction = operatorAction(switchTokensInput, switchTokens);
