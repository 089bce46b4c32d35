import type { ReactElement } from "react";
import type { TokenEventKind } from "@/lib/notices/notice-events";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { TOKEN_WORDS, type TokenWords } from "@/lib/tokens/token-words";
import { Button, Facts, FooterLink, MailFrame, Paragraph } from "./mail-frame";
import type { Letter } from "./mail-letter";
import { instant } from "./mail-times";
import { capital, type Place, settingsUrl, urlOf } from "./mail-words";

type Happened = Extract<Letter, { token: unknown }>;
type Told = Pick<Happened, "how" | "by"> & { kind: TokenEventKind };

/** What was done with a token. */
export function happened(letter: Happened, place: Place): { subject: string; element: ReactElement } {
  const words = TOKEN_WORDS[letter.organization.preset];
  const { kind, token, by, issuedFor, issuedBy } = letter;
  const what = whatHappened(letter, words);
  const owner = issuedFor ?? issuedBy;
  const named = `${words.one} “${token.name}” ${what}`;
  return {
    subject: owner ? `${owner}’s ${named}` : capital(named),
    element: (
      <MailFrame
        preview={`${token.masked}, ${instant(letter.at)}`}
        title={owner ? `${owner}’s ${named}` : `Your ${named}`}
        organization={letter.organization.name}
        tone={kind === "token_leaked" ? "alarm" : "plain"}
        host={new URL(place.publicUrl).host}
        footer={
          <>
            These messages are for your safety.
            <FooterLink href={settingsUrl(letter, place)}>Choose what else you are told</FooterLink>
          </>
        }
      >
        <Paragraph>{explanation(letter, words)}</Paragraph>
        <Facts
          rows={[
            { label: "Name", value: token.name },
            { label: words.idColumn, value: token.masked, mono: true },
            ...(issuedFor ? [{ label: "Acts for", value: issuedFor }] : []),
            ...(issuedBy ? [{ label: "Issued by", value: issuedBy }] : []),
            ...(kind === "token_leaked"
              ? [{ label: words.lastUsed, value: token.lastUsedAt ? instant(token.lastUsedAt) : "never" }]
              : [{ label: "By", value: by ?? "Latchkey, by the policy" }]),
            ...(letter.from ? [{ label: "Old secret from", value: letter.from, mono: true }] : []),
            { label: "When", value: instant(letter.at) },
            ...(kind === "token_created" && token.expiresAt
              ? [{ label: "Expires", value: instant(token.expiresAt) }]
              : []),
          ]}
        />
        <Button
          href={urlOf(`${TOKEN_PLACES[letter.portal].list}/${token.id}`, place)}
        >{`Open the ${words.one}`}</Button>
      </MailFrame>
    ),
  };
}

function whatHappened({ kind, how }: Told, { removed }: TokenWords): string {
  switch (kind) {
    case "token_created":
      if (how === "rotated") return "was given a new secret";
      return how === "extended" ? "was extended" : "was created";
    case "token_deleted":
      return `was ${removed}`;
    case "token_leaked":
      return how === "old_secret"
        ? `was ${removed} because an old secret of it was used`
        : "was found where others can read it";
  }
}

function explanation(letter: Happened, words: TokenWords): string {
  const { kind, how, by }: Told = letter;
  const { one, removed } = words;
  const unexpected = `open the ${one}, ${words.remove.toLowerCase()} it, and tell an administrator.`;
  switch (kind) {
    case "token_created":
      if (how === "extended") return `Nothing else of it changed. If you did not expect this, ${unexpected}`;
      if (how === "rotated") {
        return `${by ?? "Somebody else"} has the new secret. The ${one} goes on with its old secret until the new one is used. If you did not expect this, ${unexpected}`;
      }
      return `If you expected this, there is nothing to do. If not, ${unexpected}`;
    case "token_deleted":
      return `${reason(letter, words) ?? "It stopped working at once, everywhere."} Whatever still uses it is refused.`;
    case "token_leaked":
      if (how === "old_secret") {
        return `Somebody tried to rotate it with a secret that had ended, which may be in others’ hands. Latchkey ${removed} the ${one}, with all its secrets. See what it was used for, and make a new one.`;
      }
      return "Whoever found it could have used it. See what it was used for, and replace it.";
  }
}

/** Why it was deleted where nobody chose this very token, null elsewhere. */
function reason({ how, by, token, organization }: Happened, { many, remove, removed }: TokenWords): string | null {
  const expired = token.expiresAt ? `It expired on ${instant(token.expiresAt)}` : "It had expired";
  const removes = `${organization.name} ${remove.toLowerCase()}s`;
  switch (how) {
    case "expired":
      return `${expired}, and by its policy ${removes} ${many} that have expired.`;
    case "unused":
      return `${token.lastUsedAt ? `It was last used on ${instant(token.lastUsedAt)}` : "It was never used"}, and by its policy ${removes} ${many} that nobody uses. It stopped working at once, everywhere.`;
    case "policy_changed":
      return `${expired}, and ${by ?? "an administrator"} changed the policy of ${organization.name}: ${many} that have expired are ${removed}.`;
    default:
      return null;
  }
}
