import { clearOldAnswers } from "@/lib/idempotency/clear-old-answers";
import type { GoesOn } from "@/lib/in-chunks";
import { clearOldLogins } from "@/lib/logins/clear-old-logins";
import { clearOldMail } from "@/lib/mail/clear-old-mail";
import { sendOutbox } from "@/lib/mail/send-outbox";
import { clearOldNotices } from "@/lib/notices/clear-old-notices";
import { notifyExpiringTokens } from "@/lib/notices/notify-expiring-tokens";
import { clearRevoked } from "@/lib/oauth/clear-revoked";
import { rotateSigningKeys } from "@/lib/oauth/rotate-signing-keys";
import { clearRefusedCalls } from "@/lib/refusals/clear-refused-calls";
import { deleteInactiveTokens } from "@/lib/tokens/delete-inactive-tokens";
import { expireTokens } from "@/lib/tokens/expire-tokens";
import { forgetTokens } from "@/lib/tokens/forget-tokens";
import type { Job } from "./job";

/** What calls leave behind may be more in an hour than one statement should remove: each kind is cleared for this long. */
const A_WHILE = 60_000;

function forAWhile({ clock, signal }: Parameters<Job["run"]>[0]): GoesOn {
  const end = clock().getTime() + A_WHILE;
  return () => !signal?.aborted && clock().getTime() < end;
}

/** Everything that happens without anybody asking for it, by name. */
export const JOBS = {
  "expire-tokens": {
    everyMinutes: 1,
    does: "Marks tokens as expired, and deletes them where the policy says so",
    deletes: "Expired tokens of organizations whose policy has them deleted are deleted.",
    followedBy: "send-mail",
    run: expireTokens,
  },
  "notify-expiring-tokens": {
    everyMinutes: 1,
    does: "Tells people of tokens that are about to expire",
    followedBy: "send-mail",
    run: notifyExpiringTokens,
  },
  "delete-inactive-tokens": {
    everyMinutes: 10,
    does: "Tells people of tokens that nobody uses, and deletes them where that stays so",
    deletes: "Tokens of which people were told in time, and that still lie unused, are deleted.",
    followedBy: "send-mail",
    run: deleteInactiveTokens,
  },
  "send-mail": {
    everyMinutes: 1,
    does: "Sends what waits in the outbox",
    // Without a way to send, messages wait, and go once they are too old to tell anybody anything.
    run: async ({ mailer, ...ctx }) => (mailer ? sendOutbox({ ...ctx, mailer }) : {}),
  },
  "rotate-signing-keys": {
    everyMinutes: 60,
    does: "Makes the next key that signs access tokens, in time, and removes those that are over",
    deletes: "Keys go for good two hours after they stopped signing: by then nothing that they signed is believed.",
    run: ({ db }) => rotateSigningKeys({ db }),
  },
  "clear-old": {
    everyMinutes: 60,
    does: "Removes after their time: messages, notifications, refused calls, API logins, answers to an Idempotency-Key and deleted tokens",
    deletes:
      "What goes for good: messages 30 days after they were sent and 90 after they were given up, notifications after 90, refused calls after 7, API logins a day after they are over, answers to an Idempotency-Key after a day, and tokens as many days after their deletion as TOMBSTONE_DAYS says (365 unless set). The audit log keeps what happened to them.",
    run: async (ctx) => ({
      ...(await forgetTokens(ctx)),
      ...(await clearOldMail(ctx)),
      ...(await clearOldNotices(ctx)),
      ...(await clearRefusedCalls(ctx, { goesOn: forAWhile(ctx) })),
      ...(await clearOldLogins(ctx, { goesOn: forAWhile(ctx) })),
      ...(await clearRevoked(ctx, { goesOn: forAWhile(ctx) })),
      ...(await clearOldAnswers(ctx, { goesOn: forAWhile(ctx) })),
    }),
  },
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];
