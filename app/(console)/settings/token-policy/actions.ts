"use server";

import { memberAction } from "@/lib/auth/member-action";
import { previewPolicy } from "@/lib/tokens/preview-policy";
import { previewPolicyInput, updatePolicyInput } from "@/lib/tokens/token-policy-input";
import { updatePolicy } from "@/lib/tokens/update-policy";

/** Changes nothing: what saving would do, and which tokens it would touch. */
export const previewPolicyAction = memberAction(previewPolicyInput, previewPolicy);

export const updatePolicyAction = memberAction(updatePolicyInput, updatePolicy);
