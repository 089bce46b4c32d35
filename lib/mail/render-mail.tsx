import { plainTextSelectors, render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import type { TokenNoteManner } from "@/lib/notices/notice-events";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { deletedTogether, expiring, unused } from "./digest-mail";
import { headerText } from "./mail-address";
import type { RenderedMail } from "./mail-content";
import { Button, Facts, FooterLink, MailFrame, Paragraph } from "./mail-frame";
import type { Letter } from "./mail-letter";
import { capital, instant, type Place, settingsUrl, urlOf } from "./mail-words";

/** Puts a letter into words, in HTML and in plain text. The same arguments give the same message, character by character. */
export async function renderMail(letter: Letter, place: Place): Promise<RenderedMail> {
  const { subject, element } = compose(letter, place);
  const html = await render(element);
  return {
    subject: headerText(subject),
    html,
    text: toPlainText(html, { wordwrap: 78, selectors: [FACTS, ...plainTextSelectors] }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "List-Unsubscribe": `<${settingsUrl(letter, place)}>`,
    },
  };
}

/** Facts keep their columns in plain text; addresses are never broken. */
const FACTS = { selector: "table.facts", format: "dataTable", options: { colSpacing: 2, maxColumnWidth: 200 } };

function compose(letter: Letter, place: Place): { subject: string; element: ReactElement } {
  switch (letter.kind) {
    case "token_expiring":
      return expiring(letter, place);
    case "token_inactive":
      return unused(letter, place);
    case "token_created":
      return happened(letter, place, madeBy(letter.how));
    case "token_deleted":
      if ("tokens" in letter) return deletedTogether(letter, place);
      return happened(letter, place, `was ${TOKEN_WORDS[letter.organization.preset].removed}`);
    case "token_leaked":
      return happened(
        letter,
        place,
        letter.how === "old_secret"
          ? `was ${TOKEN_WORDS[letter.organization.preset].removed}: somebody used an old secret of it`
          : "was found where others can read it",
      );
  }
}

type Happened = Extract<Letter, { token: unknown }>;

function happened(letter: Happened, place: Place, what: string) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const { token, by, issuedFor } = letter;
  const whose = issuedFor ? `${words.a} ${words.one} of ${issuedFor}` : `your ${words.one}`;
  const title = `${capital(whose)} ${what}`;
  return {
    subject: `${capital(words.one)} “${token.name}” ${what}`,
    element: (
      <MailFrame
        preview={`${token.masked}, ${instant(letter.at)}`}
        title={title}
        organization={letter.organization.name}
        tone={letter.kind === "token_leaked" ? "alarm" : "plain"}
        host={new URL(place.publicUrl).host}
        footer={
          <>
            These messages are for your safety.
            <FooterLink href={settingsUrl(letter, place)}>Choose what else you are told</FooterLink>
          </>
        }
      >
        <Paragraph>{advice(letter, words.one)}</Paragraph>
        <Facts
          rows={[
            { label: "Name", value: token.name },
            { label: words.idColumn, value: token.masked, mono: true },
            ...(letter.kind === "token_leaked" ? [] : [{ label: "By", value: by ?? "Latchkey, by the policy" }]),
            { label: "When", value: instant(letter.at) },
            ...(letter.kind === "token_created" && token.expiresAt
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

function madeBy(how: TokenNoteManner | undefined): string {
  if (how === "rotated") return "was given a new secret";
  return how === "extended" ? "was let live longer" : "was created";
}

function advice({ kind, how }: { kind: Happened["kind"]; how?: TokenNoteManner }, one: string): string {
  switch (kind) {
    case "token_created":
      if (how === "extended") {
        return `Nothing else of it changed. If you did not expect this, open the ${one}, end it, and tell an administrator.`;
      }
      if (how === "rotated") {
        return `Whoever made it holds it. The ${one} goes on with its old secret until the new one is used. If you did not expect this, open the ${one}, end it, and tell an administrator.`;
      }
      return `If you expected this, there is nothing to do. If not, open the ${one}, end it, and tell an administrator.`;
    case "token_deleted":
      return "It stopped working at once, everywhere. Whatever still uses it is refused.";
    case "token_leaked":
      if (how === "old_secret") {
        return `A secret that had ended was presented to get a new one. It may be in others' hands, so nothing of the ${one} works any more. See what it was used for, and make a new one.`;
      }
      return "Whoever found it could have used it. See what it was used for, and replace it.";
  }
}
