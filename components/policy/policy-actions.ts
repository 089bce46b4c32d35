import type { Action } from "@/lib/auth/action-result";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";

export type PreviewAction = Action<PolicyPreview>;
export type SavePolicyAction = Action<{ version: number; deleted: number }>;
