import { Resend } from "resend";
import { addressLine, type MailAddress } from "./mail-address";
import type { Delivery, Transport } from "./mailer";

const PATIENCE_MS = 20_000;

/** Refusals of the account or the settings, which whoever hosts Latchkey can mend: messages wait for that. */
const MENDABLE = new Set([
  "missing_api_key",
  "restricted_api_key",
  "invalid_api_key",
  "invalid_from_address",
  "invalid_access",
  "invalid_region",
  "monthly_quota_exceeded",
  "daily_quota_exceeded",
  "rate_limit_exceeded",
  "method_not_allowed",
  "not_found",
]);

/** Sends by Resend's API, with the message's id as its idempotency key: what they took once they do not send again. */
export function resendMailer({
  apiKey,
  baseUrl,
  from,
}: {
  apiKey: string;
  baseUrl?: string;
  from: MailAddress;
}): Transport {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  return {
    async send(message) {
      try {
        const { error } = await resend.emails.send(
          {
            from: addressLine(from),
            to: addressLine(message.to),
            subject: message.subject,
            html: message.html,
            text: message.text,
            headers: { ...message.headers, "Message-ID": message.messageId },
          },
          { idempotencyKey: message.id, signal: AbortSignal.timeout(PATIENCE_MS) },
        );
        return error ? deliveryOf(error) : { outcome: "sent" };
      } catch {
        return { outcome: "unknown", code: "no_answer" };
      }
    },
  };
}

function deliveryOf({ name, statusCode }: { name: string; statusCode: number | null }): Delivery {
  const code = /^[a-z_]{1,60}$/.test(name) ? name : "refused";
  // Another attempt of ours is under way there, or nobody knows what the server did.
  if (statusCode === null || statusCode >= 500 || name === "concurrent_idempotent_requests") {
    return { outcome: "unknown", code };
  }
  // 403: among others, the domain of the sender is not theirs yet.
  if (MENDABLE.has(name) || [401, 403, 429].includes(statusCode)) return { outcome: "unavailable", code };
  return { outcome: "refused", isFinal: name !== "security_error", code };
}
