import { plainTextSelectors, render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import type { TokenNoteManner } from "@/lib/notices/notice-events";
import { organizationLink } from "@/lib/organizations/organization-link";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { DAY } from "@/lib/tokens/token-status";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { headerText } from "./mail-address";
import type { RenderedMail } from "./mail-content";
import { Button, Facts, FooterLink, MailFrame, Paragraph, TokenList } from "./mail-frame";
import type { Letter } from "./mail-letter";

interface Place {
  /** The origin at which the console is. */
  publicUrl: string;
  /** Whose page every link opens, whatever else the reader looks at. */
  organizationId: string;
  now: Date;
}

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

const urlOf = (path: string, { publicUrl, organizationId }: Place) =>
  `${publicUrl}${organizationLink(organizationId, path)}`;

const settingsUrl = ({ portal }: Letter, place: Place) => urlOf(`${TOKEN_PLACES[portal].profile}#notifications`, place);

function compose(letter: Letter, place: Place): { subject: string; element: ReactElement } {
  switch (letter.kind) {
    case "token_expiring":
      return expiring(letter, place);
    case "token_inactive":
      return unused(letter, place);
    case "token_created":
      return happened(letter, place, madeBy(letter.how));
    case "token_deleted":
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

function expiring(letter: Extract<Letter, { kind: "token_expiring" }>, place: Place) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const [first] = letter.tokens;
  if (!first) throw new Error("a notice of expiry without a token");
  const list = urlOf(TOKEN_PLACES[letter.portal].list, place);
  const page = (id: string) => `${list}/${id}`;
  const soonest = within(first.expiresAt, place.now);
  const isOne = letter.count === 1;
  const subject = isOne
    ? `${capital(words.one)} “${first.name}” expires ${soonest}`
    : `${letter.count.toLocaleString("en")} ${words.many} expire soon, the first ${soonest}`;
  const rest = letter.count - letter.tokens.length;
  return {
    subject,
    element: (
      <MailFrame
        preview={
          isOne ? `${first.masked} stops working at ${instant(first.expiresAt)}.` : `The first of them ${soonest}.`
        }
        title={
          isOne
            ? `${capital(words.a)} ${words.one} expires ${soonest}`
            : `${letter.count.toLocaleString("en")} ${words.many} expire soon`
        }
        organization={letter.organization.name}
        tone="attention"
        host={new URL(place.publicUrl).host}
        footer={
          <>
            {letter.isReminder
              ? "You asked to be reminded of this."
              : `${letter.organization.name} has notices of expiry sent to those who issue ${words.many} or look after them.`}
            <FooterLink href={settingsUrl(letter, place)}>Choose what you are told</FooterLink>
          </>
        }
      >
        <Paragraph>
          {isOne
            ? "Whatever uses it is refused from that moment on. Replace it in time, and put the new one where the old one is used."
            : "Whatever uses them is refused from that moment on. Replace those that are still in use in time."}
        </Paragraph>
        {isOne ? (
          <Facts
            rows={[
              { label: "Name", value: first.name },
              { label: words.idColumn, value: first.masked, mono: true },
              { label: "Issued by", value: first.issuedBy },
              { label: "Expires", value: instant(first.expiresAt) },
            ]}
          />
        ) : (
          <TokenList
            tokens={letter.tokens.map(({ id, name, masked, expiresAt, issuedBy }) => ({
              id,
              name,
              masked,
              issuedBy,
              when: within(expiresAt, place.now),
              href: page(id),
            }))}
            more={rest > 0 ? `And ${rest.toLocaleString("en")} more.` : null}
          />
        )}
        <Button href={isOne ? page(first.id) : `${list}?status=active&sort=expires_at`}>
          {isOne ? `Open the ${words.one}` : `See all ${words.many} by expiry`}
        </Button>
      </MailFrame>
    ),
  };
}

function unused(letter: Extract<Letter, { kind: "token_inactive" }>, place: Place) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const [first] = letter.tokens;
  if (!first) throw new Error("a notice of unused tokens without a token");
  const list = urlOf(TOKEN_PLACES[letter.portal].list, place);
  const page = (id: string) => `${list}/${id}`;
  const isOne = letter.count === 1;
  const soonest = within(first.dueAt, place.now);
  const count = letter.count.toLocaleString("en");
  const rest = letter.count - letter.tokens.length;
  return {
    subject: isOne
      ? `${capital(words.one)} “${first.name}” is not used and will be ${words.removed} ${soonest}`
      : `${count} ${words.many} are not used and will be ${words.removed}, the first ${soonest}`,
    element: (
      <MailFrame
        preview={isOne ? `${first.masked}: use it before to keep it.` : "Use those before that you want to keep."}
        title={
          isOne
            ? `${capital(words.a)} ${words.one} is not used and will be ${words.removed} ${soonest}`
            : `${count} ${words.many} are not used and will be ${words.removed}`
        }
        organization={letter.organization.name}
        tone="attention"
        host={new URL(place.publicUrl).host}
        footer={
          <>
            {`By its policy, ${letter.organization.name} does not keep ${words.many} that nobody uses.`}
            <FooterLink href={settingsUrl(letter, place)}>Choose what you are told</FooterLink>
          </>
        }
      >
        <Paragraph>
          {isOne
            ? "To keep it, use it: one call with it before then is enough. If nothing needs it any more, there is nothing to do."
            : "To keep one, use it: one call with it before then is enough. For those that nothing needs any more, there is nothing to do."}
        </Paragraph>
        {isOne ? (
          <Facts
            rows={[
              { label: "Name", value: first.name },
              { label: words.idColumn, value: first.masked, mono: true },
              { label: "Issued by", value: first.issuedBy },
              { label: words.lastUsed, value: first.lastUsedAt ? instant(first.lastUsedAt) : "never" },
              { label: `To be ${words.removed}`, value: instant(first.dueAt) },
            ]}
          />
        ) : (
          <TokenList
            tokens={letter.tokens.map(({ id, name, masked, dueAt, issuedBy }) => ({
              id,
              name,
              masked,
              issuedBy,
              when: within(dueAt, place.now),
              href: page(id),
            }))}
            more={rest > 0 ? `And ${rest.toLocaleString("en")} more.` : null}
          />
        )}
        <Button href={isOne ? page(first.id) : `${list}?status=active&sort=last_used_at`}>
          {isOne ? `Open the ${words.one}` : `See all ${words.many} by last use`}
        </Button>
      </MailFrame>
    ),
  };
}

type Happened = Extract<Letter, { by: string | null }>;

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

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "in 7 days", "in 5 hours": rounded up, so that nothing seems to have less time than it has. */
function within(expiresAt: string, now: Date): string {
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return "now";
  const hours = Math.ceil(left / (DAY / 24));
  // A run that comes a few minutes late still says the days that the policy does.
  const days = Math.round(left / DAY);
  return hours >= 23 ? `in ${days} ${days === 1 ? "day" : "days"}` : `in ${hours} ${hours === 1 ? "hour" : "hours"}`;
}

const CALENDAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** In UTC, and saying so: a mail is read who knows where. */
const instant = (iso: string) => `${CALENDAR.format(new Date(iso))} UTC`;
