import type { ProblemCode } from "../problem";

/**
 * The page of a problem in words; a word between backticks is shown as code. Every code has one, or nothing compiles:
 * put a new code's text into the file of its theme.
 */
export interface ProblemText {
  /** What happened, and what did not. */
  what: string;
  /** Why the answer is this one. */
  why: string;
  /** What to do about it, the likeliest first. */
  mend: readonly string[];
  /** Who answers so, where the endpoints' own descriptions do not say it. */
  answeredBy?: string;
  /** The screen on which what said no can be changed. */
  screen?: keyof typeof SCREENS;
  /** In the example. */
  detail?: string;
  /** The field that the example names. */
  field?: string;
}

/** Screens of the console, by what a link to each says. */
export const SCREENS = {
  tokens: { label: "Settings, API tokens", href: "/settings/api-tokens" },
  refusals: { label: "Explain a refused call", href: "/settings/api-tokens/refusals" },
  policy: { label: "Settings, Token policy", href: "/settings/token-policy" },
  general: { label: "Settings, General", href: "/settings/general" },
  notices: { label: "Settings, Notifications", href: "/settings/notifications" },
  members: { label: "Members", href: "/members" },
  roles: { label: "Roles", href: "/roles" },
  groups: { label: "Groups", href: "/groups" },
  profile: { label: "Your profile", href: "/profile" },
  operator: { label: "Organizations, for operators", href: "/operator" },
  jobs: { label: "Jobs, for operators", href: "/operator/jobs" },
} as const;

/** Texts of one theme. */
export type ProblemTexts = Partial<Record<ProblemCode, ProblemText>>;
