import type { ReactElement } from "react";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { Button, Facts, FooterLink, type ListedToken, MailFrame, Paragraph, TokenList } from "./mail-frame";
import type { Letter } from "./mail-letter";
import { instant, span, within } from "./mail-times";
import { capital, type Place, settingsUrl, urlOf } from "./mail-words";

type Of<Kind> = Extract<Letter, { kind: Kind; tokens: unknown }>;

/** What a message about one token or many says, beside what all of them share. */
interface Said {
  subject: string;
  preview: string;
  title: string;
  tone: "attention" | "plain";
  /** Why it comes. */
  reason: string;
  advice: string;
  /** Of the one token that it is about; none where there are several. */
  facts: { label: string; value: string; mono?: boolean }[] | null;
  listed: Omit<ListedToken, "href">[];
  /** Where all of them are seen, and what the way there is called. */
  all: { search: string; label: string };
}

function digest(letter: Of<Letter["kind"]>, place: Place, said: Said): { subject: string; element: ReactElement } {
  const words = TOKEN_WORDS[letter.organization.preset];
  const list = urlOf(TOKEN_PLACES[letter.portal].list, place);
  const rest = letter.count - letter.tokens.length;
  const [first] = letter.tokens;
  return {
    subject: said.subject,
    element: (
      <MailFrame
        preview={said.preview}
        title={said.title}
        organization={letter.organization.name}
        tone={said.tone}
        host={new URL(place.publicUrl).host}
        footer={
          <>
            {said.reason}
            <FooterLink href={settingsUrl(letter, place)}>Choose what you are told</FooterLink>
          </>
        }
      >
        <Paragraph>{said.advice}</Paragraph>
        {said.facts && first ? (
          <>
            <Facts rows={said.facts} />
            <Button href={`${list}/${first.id}`}>{`Open the ${words.one}`}</Button>
          </>
        ) : (
          <>
            {/* Before the list, which may be long. */}
            <Button href={`${list}${said.all.search}`}>{said.all.label}</Button>
            <TokenList
              tokens={said.listed.map((token) => ({ ...token, href: `${list}/${token.id}` }))}
              more={rest > 0 ? `And ${rest.toLocaleString("en")} more.` : null}
            />
          </>
        )}
      </MailFrame>
    ),
  };
}

export function expiring(letter: Of<"token_expiring">, place: Place) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const [first] = letter.tokens;
  if (!first) throw new Error("a notice of expiry without a token");
  const soonest = within(first.expiresAt, place.now);
  const isOne = letter.count === 1;
  const count = letter.count.toLocaleString("en");
  const { newSecret } = first;
  return digest(letter, place, {
    subject: isOne
      ? `${capital(words.one)} “${first.name}” expires ${soonest}`
      : `${count} ${words.many} expire soon, the first ${soonest}`,
    preview: isOne ? `${first.masked} stops working at ${instant(first.expiresAt)}.` : `The first of them ${soonest}.`,
    title: isOne
      ? `“${first.name}” expires ${soonest}`
      : `${count} ${words.many} expire ${span(first.expiresAt, letter.last)}`,
    tone: "attention",
    reason: letter.isReminder ? "You asked to be reminded of this." : whyTold(letter),
    advice: !isOne
      ? "Whatever uses them is refused from that moment on. Replace those that are still in use in time."
      : `Whatever uses it is refused from that moment on. ${newSecret ? waiting(newSecret, words.one) : "Replace it in time, and put the new one where the old one is used."}`,
    facts: isOne
      ? [
          { label: "Name", value: first.name },
          { label: words.idColumn, value: first.masked, mono: true },
          { label: "Issued by", value: first.issuedBy },
          { label: words.lastUsed, value: first.lastUsedAt ? instant(first.lastUsedAt) : "never" },
          { label: "Expires", value: instant(first.expiresAt) },
          ...(newSecret ? [{ label: "New secret", value: `waits since ${instant(newSecret.since)}` }] : []),
        ]
      : null,
    listed: letter.tokens.map(({ expiresAt, newSecret: waits, ...token }) => ({
      ...token,
      when: within(expiresAt, place.now),
      note:
        waits && `a new secret waits since ${instant(waits.since)}${waits.renewsUntil ? "; using it renews it" : ""}`,
    })),
    all: { search: "?status=active&sort=expires_at", label: `See all ${words.many} by expiry` },
  });
}

function whyTold({ issued, count, organization }: Of<"token_expiring">): string {
  const them = count === 1 ? "it" : "them";
  switch (issued) {
    case "all":
      return `You get this because you issued ${them}.`;
    case "some":
      return `You get this because you issued some of them, and look after others or administer ${organization.name}.`;
    case "none":
      return `You get this because you look after ${them} or administer ${organization.name}.`;
  }
}

/** A secret that nobody has used yet changes nothing about the end; its first use may. */
const waiting = ({ renewsUntil }: { renewsUntil: string | null }, one: string) =>
  renewsUntil
    ? `A new secret waits to be used: put it where the old one is. Its first use renews the ${one} until ${instant(renewsUntil)}.`
    : `A new secret waits to be used, but using it does not move this expiry: replace the ${one} or have it extended in time.`;

export function unused(letter: Of<"token_inactive">, place: Place) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const [first] = letter.tokens;
  if (!first) throw new Error("a notice of unused tokens without a token");
  const isOne = letter.count === 1;
  const soonest = within(first.dueAt, place.now);
  const count = letter.count.toLocaleString("en");
  return digest(letter, place, {
    subject: isOne
      ? `${capital(words.one)} “${first.name}” is not used and will be ${words.removed} ${soonest}`
      : `${count} ${words.many} are not used and will be ${words.removed}, the first ${soonest}`,
    preview: isOne ? `${first.masked}: use it before to keep it.` : "Use those before that you want to keep.",
    title: isOne
      ? `“${first.name}” will be ${words.removed} ${soonest}: nobody uses it`
      : `${count} ${words.many} will be ${words.removed} ${span(first.dueAt, letter.last)}: nobody uses them`,
    tone: "attention",
    reason: `By its policy, ${letter.organization.name} does not keep ${words.many} that nobody uses.`,
    advice: isOne
      ? "To keep it, use it: one call with it before then is enough. If nothing needs it any more, there is nothing to do."
      : "To keep one, use it: one call with it before then is enough. For those that nothing needs any more, there is nothing to do.",
    facts: isOne
      ? [
          { label: "Name", value: first.name },
          { label: words.idColumn, value: first.masked, mono: true },
          { label: "Issued by", value: first.issuedBy },
          { label: words.lastUsed, value: first.lastUsedAt ? instant(first.lastUsedAt) : "never" },
          { label: `To be ${words.removed}`, value: instant(first.dueAt) },
        ]
      : null,
    listed: letter.tokens.map(({ dueAt, ...token }) => ({ ...token, when: within(dueAt, place.now) })),
    all: { search: "?status=active&sort=last_used_at", label: `See all ${words.many} by last use` },
  });
}

/** Several at once; of a single one is told as of whatever else is done with one. */
export function deletedTogether(letter: Of<"token_deleted">, place: Place) {
  const words = TOKEN_WORDS[letter.organization.preset];
  const title = `${letter.count.toLocaleString("en")} ${words.many} were ${words.removed}`;
  const by = letter.by ? `By ${letter.by}` : `By the token policy of ${letter.organization.name}`;
  return digest(letter, place, {
    subject: title,
    preview: `${by}, ${instant(letter.at)}`,
    title,
    tone: "plain",
    reason: "These messages are for your safety.",
    advice: `${whyDeleted(letter) ?? `${by}, ${instant(letter.at)}. They stopped working at once, everywhere.`} Whatever still uses one is refused.`,
    facts: null,
    listed: letter.tokens.map((token) => ({ ...token, when: "" })),
    all: { search: "?status=deleted", label: `See all that were ${words.removed}` },
  });
}

/** Which rule of the policy it was; null where somebody chose these very ones. */
function whyDeleted({ how, by, organization }: Of<"token_deleted">): string | null {
  const { many, remove, removed } = TOKEN_WORDS[organization.preset];
  const rule = `by its policy ${organization.name} ${remove.toLowerCase()}s ${many} that`;
  switch (how) {
    case "expired":
      return `They expired, and ${rule} have expired.`;
    case "unused":
      return `They were not used any more, and ${rule} nobody uses. They stopped working at once, everywhere.`;
    case "policy_changed":
      return `They had expired, and ${by ?? "an administrator"} changed the policy of ${organization.name}: ${many} that have expired are ${removed}.`;
    default:
      return null;
  }
}
