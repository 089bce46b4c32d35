import type { ProblemTexts } from "./problem-text";

/** A new secret, or a later expiry, is not to be had. The secret that works goes on working. */
export const ROTATING_TEXTS = {
  expiry_not_later: {
    what: "The expiry was not moved: the moment given is not after the one that holds.",
    why: "Extending never shortens, so that a mistake cannot end a token that is in use.",
    mend: ["Read `expires_at` of the token, and send a later one.", "To end it sooner, delete it."],
    field: "expires_at",
    screen: "tokens",
  },
  does_not_expire: {
    what: "Nothing was changed: the token has no expiry ahead of it.",
    why: "It lives for ever, has expired already, or the policy lets it follow something else than a date.",
    mend: ["Read `expires_at` and `status` of the token.", "For one that has expired, create a new one."],
    screen: "tokens",
  },
  rotation_exceeds_yours: {
    what: "No new secret was made: the token may do or see more than the one who asks.",
    why: "Whoever asks gets to see the secret, and could then do all that the token may.",
    mend: [
      "Have its issuer or an administrator rotate it.",
      "The token can always rotate itself: `POST /api/v1/tokens/self/rotate`.",
    ],
    screen: "tokens",
  },
  extension_exceeds_yours: {
    what: "The expiry was not moved: the token may do or see more than the one who asks.",
    why: "A longer life is power too, and nobody gives more than they have.",
    mend: ["Have its issuer or an administrator extend it."],
    screen: "tokens",
  },
  extension_not_yours: {
    what: "The expiry was not moved: that takes the right to create such a token.",
    why: "Letting a token live longer comes to the same as making a new one.",
    mend: ["Ask somebody who may create tokens here.", "An administrator can add your role under *Who issues*."],
    screen: "policy",
  },
  mirrors_its_issuer: {
    what: "No new secret was made: the token does whatever its issuer may, and the one who asks is somebody else.",
    why: "With its secret one would act as that person, with all that they may be given later.",
    mend: [
      "Its issuer rotates it, or an administrator, or the token itself.",
      "For programs that a team looks after, use a service account instead of a person.",
    ],
    screen: "tokens",
  },
  expiry_not_its_own: {
    what: "The expiry was not moved: a token asked to live longer itself.",
    why: "Otherwise one that leaked could live for ever. Rotating is open to it, since that leaves its end as it was or moves it only as the policy says.",
    mend: ["Extend it in the console, or with another token whose issuer may."],
    screen: "tokens",
  },
  rotated_just_now: {
    what: "No second secret was made: one was made, or first used, a few seconds ago.",
    why: "Two instances of one program often ask at once. Were each given a secret, one of them would hold one that no longer works.",
    mend: [
      "Wait for the seconds in `Retry-After`. If the answer with the secret got lost, ask again then: a secret that you asked for and that nobody used is replaced.",
      "Let one instance rotate and tell the others.",
    ],
  },
  other_secret_waits: {
    what: "Nothing was done: a secret that somebody else asked for waits to be used.",
    why: "It may be on its way into a program. Replacing it would break that program at its next start.",
    mend: [
      "Use the secret that waits, or ask whoever made it; the token's page names them.",
      "An administrator can take it back: *Cancel rotation*.",
    ],
    screen: "tokens",
  },
  no_rotation: {
    what: "Nothing was taken back: no secret waits.",
    why: "It was used already, and is then the one that counts, or somebody took it back, or its 30 days are over.",
    mend: [
      "Look at *Secrets* on the token's page: it shows which one is in use.",
      "If it was used by the wrong hands, delete the token.",
    ],
    screen: "tokens",
  },
  token_expired: {
    what: "No new secret was made: the token has expired.",
    why: "Rotation replaces a secret that works. What has ended stays ended, so that an old token cannot come back unnoticed.",
    mend: [
      "Create a new one.",
      "Next time rotate before: *Token policy* says how many days ahead people are told of an expiry.",
    ],
    screen: "tokens",
  },
  token_stopped: {
    what: "No new secret was made: the issuer of the token is deactivated, so it does not work.",
    why: "A token never may more than its issuer, and somebody deactivated may nothing.",
    mend: [
      "If the program is to go on, create a token for a service account.",
      "An administrator can activate the member again; their tokens then work as before.",
    ],
    screen: "members",
  },
  secret_superseded: {
    what: "Nothing was changed: the secret, or an access token that it was exchanged for, was replaced and ends soon.",
    why: "Until it ends it may read, so that nothing breaks at once. It may change nothing, since whoever still holds the old secret may be the one whom the rotation was meant to shut out.",
    mend: [
      "Put the new secret in its place everywhere; the token's page shows from where the old one is still used.",
      "With client credentials, exchange the new secret for a new access token.",
    ],
    answeredBy: "Every endpoint that changes something.",
    screen: "tokens",
  },
} as const satisfies ProblemTexts;
