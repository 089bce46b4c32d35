export const PLANS = ["starter", "pro", "premium", "enterprise"] as const;
export type Plan = (typeof PLANS)[number];

/** What an organization may have by its plan. The sentence is the operator's, where the plan is chosen. */
export const PLAN_FACTS: Record<Plan, { name: string; tokens: boolean; sentence: string }> = {
  starter: { name: "Starter", tokens: false, sentence: "The console and its people, without API tokens." },
  pro: { name: "Pro", tokens: true, sentence: "API tokens for a team that automates its first steps." },
  premium: { name: "Premium", tokens: true, sentence: "API tokens for an organization that runs on them." },
  enterprise: { name: "Enterprise", tokens: true, sentence: "API tokens for an organization that sells on them." },
};

/** Whether an organization on this plan can have API tokens switched on. */
export const planIncludesTokens = (plan: Plan): boolean => PLAN_FACTS[plan].tokens;

/** What members read as the reason where a plan took their tokens away. */
export const planReason = (plan: Plan): string => `The ${PLAN_FACTS[plan].name} plan does not include API tokens.`;
