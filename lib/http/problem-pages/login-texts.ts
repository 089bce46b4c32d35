import type { ProblemTexts } from "./problem-text";

/** Signing in to the API with email and password, and what follows from it. */
export const LOGIN_TEXTS = {
  no_organization: {
    what: "Nobody was signed in: email and password are right, but their owner is an active member of no organization.",
    why: "A login acts for a person in one organization. Who was deactivated or has left acts for none.",
    mend: ["Ask an administrator to invite you or to activate you again."],
    screen: "members",
  },
  organization_required: {
    what: "Nobody was signed in: email and password are right, and their owner is a member of several organizations.",
    why: "A login looks at one organization, and guessing which would be wrong half of the time. `detail` lists those that can be named.",
    mend: ["Send `organization` with one of the names in `detail`."],
    detail: "One of: acme, meridian.",
    field: "organization",
  },
  organization_unknown: {
    what: "Nobody was signed in: email and password are right, but not for the organization that was named.",
    why: "There is none of that name, or their owner is no active member of it; which of the two is not said.",
    mend: [
      "Leave `organization` out: with one membership it is not needed, and with several the answer lists them.",
      "Send the short name from the organization's address, or its id.",
    ],
    field: "organization",
  },
  scope_exceeds_yours: {
    what: "Nobody was signed in: the scope asks for a permission that the person does not have, or that does not exist.",
    why: "A login may do less than its person, never more. Taking out what does not fit would leave a program without what it counts on. `detail` names what was too much.",
    mend: [
      "Compare the names with those of `permissions` in `GET /api/v1/me`.",
      "Leave `scope` out for all that the person may do, now and as it changes.",
    ],
    detail: "You may not do members:write.",
    field: "scope",
    screen: "roles",
  },
  scope_too_long: {
    what: "No access token was given: with all that the person may do in it, it would be longer than 4096 characters.",
    why: "An access token names every permission, and travels in a header that servers on the way cut off or refuse where it is too long. One that works nowhere would be of no use.",
    mend: [
      "Sign in with `scope`, naming the permissions that the program needs.",
      "At a refresh the refresh token stays as good as it was: an administrator may also take permissions out of the role.",
    ],
    field: "scope",
    screen: "roles",
  },
  not_a_login: {
    what: "Nothing was ended: the request carries a token that somebody created, and no login.",
    why: "Logging out ends a login with its refresh token. A created token has none, and is deleted instead.",
    mend: [
      "Send `DELETE /api/v1/tokens/self` to end the token that the request carries.",
      "Send the access token of the login to end that.",
    ],
  },
  refresh_token_invalid: {
    what: "No access token was given: what was sent in exchange for one does not work, or not any more.",
    why: "A refresh token works once and for 24 hours. If it comes a second time, two hold it and one of them may have stolen it, so the whole login ends, with all that came from it.",
    mend: [
      "Sign in again.",
      "Keep the new refresh token from each answer before anything else, and let one process alone refresh.",
      "If nobody of yours used it twice, somebody else had it. Look through the API logins in your profile, end those that you do not know, and tell an administrator.",
    ],
    screen: "profile",
  },
  too_many_refreshes: {
    what: "No access token was given: the login has 100 refresh tokens that were used and are not over yet. The one that was sent stays as good as it was.",
    why: "Used refresh tokens are kept until 24 hours after they were given, so that one that comes a second time is known. That bounds how many there are.",
    mend: [
      "Wait for the seconds in `Retry-After`, then send the same refresh token.",
      "Use each access token for its hour, and refresh when that ends rather than before every call.",
      "If your program refreshes less often, somebody else may do it: end the login in your profile, and sign in again.",
    ],
    screen: "profile",
  },
} as const satisfies ProblemTexts;
