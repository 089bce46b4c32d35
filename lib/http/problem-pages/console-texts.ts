import type { ProblemTexts } from "./problem-text";

/** Signing in, settings and operating the server. */
export const CONSOLE_TEXTS = {
  sign_in_failed: {
    what: "Nobody was signed in: the email and the password do not go together.",
    why: "Which of the two is wrong is not said, and neither is whether there is such an account: somebody who guesses would learn from it. A deactivated account is answered likewise.",
    mend: [
      "Type the password rather than pasting it with a space at its end.",
      "Nobody can look a password up, or send it again. Where it is lost, ask an administrator to invite you under another address.",
      "For programs, use a token or client credentials in place of a password.",
    ],
  },
  too_many_attempts: {
    what: "Nobody was signed in, and the password was not looked at: too many attempts came before.",
    why: "Attempts are counted by account and by address, so that passwords cannot be guessed. A right password does not help until the time is over.",
    mend: [
      "Wait for the seconds in `Retry-After`.",
      "If these were not your attempts, somebody tries your account: tell an administrator.",
    ],
  },
  setup_code_wrong: {
    what: "Nothing was set up: the code is not the one that this server waits for.",
    why: "Whoever sets a server up owns it, so that takes a code that only its output shows. Each start makes a new one, and each works once.",
    mend: ["Take the newest code from the output of the start."],
  },
  already_set_up: {
    what: "Nothing was set up: this server has its first organization.",
    why: "Setting up happens once. A second time would hand the server to whoever comes by.",
    mend: ["Sign in. Operators add further organizations."],
  },
  organization_switched: {
    what: "Nothing was done: the page shows one organization, and the session looks at another by now.",
    why: "In another tab somebody switched. What was meant for one organization must not happen in the other.",
    mend: ["Load the page again, look at the name of the organization, and do it again there."],
  },
  organization_changed: {
    what: "Nothing was saved: somebody else saved other settings meanwhile.",
    why: "Saving over it would undo what they did without either of you seeing it.",
    mend: ["Look at the settings as they are now, then change them again."],
    screen: "general",
  },
  policy_changed: {
    what: "Nothing was saved: somebody else saved another policy meanwhile.",
    why: "What the preview showed was held against the policy from before, and need not be so any more.",
    mend: ["Look at the policy as it is now, then make your change again; the preview is made anew."],
    screen: "policy",
  },
  notices_changed: {
    what: "Nothing was saved: these settings changed meanwhile, in another window or by somebody else.",
    why: "Only what is as it was shown is overwritten.",
    mend: ["Look at them as they are now, then save again."],
    screen: "notices",
  },
  notice_mandatory: {
    what: "The notice stays on: everybody whom it concerns is told.",
    why: "It tells of something that only its receiver can notice to be wrong, such as a new sign-in or a secret that was replaced.",
    mend: ["Nothing has to be done. How one is told can be chosen for the other notices."],
    screen: "notices",
  },
  reminder_too_late: {
    what: "No reminder was set: the token ends before that day.",
    why: "It would come when there is nothing left to do.",
    mend: ["Choose fewer days, or see to the expiry now: rotate, extend or let it end."],
    field: "remind_in_days",
    screen: "tokens",
  },
  plan_excludes_tokens: {
    what: "Tokens were not switched on: the plan of the organization does not have them.",
    why: "Each plan says whether tokens go with it, and how many.",
    mend: ["Choose a plan that has them, then switch them on."],
    screen: "operator",
  },
  already_requested: {
    what: "No second request was sent: the first one is open.",
    why: "Operators see it until they answer it.",
    mend: ["Wait for their answer, or speak to whoever runs this server."],
    screen: "tokens",
  },
  tokens_on_already: {
    what: "Nothing was asked for: tokens are switched on.",
    why: "An operator did it since the page was loaded.",
    mend: ["Load the page again."],
    screen: "tokens",
  },
  no_worker: {
    what: "The job was not started: there is nobody to run it.",
    why: "Jobs are run by the console where `JOBS` is on, or by a process of their own. Neither was ever seen in this database.",
    mend: ["Set `JOBS` to on, or start `npm run worker`."],
    screen: "jobs",
  },
} as const satisfies ProblemTexts;
