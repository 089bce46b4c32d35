import { Container, Head, Heading, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";

/** The screen's colours as mail programs understand them, light; the dark ones replace them by class. */
const COLOURS = { paper: "#fdfcfb", panel: "#ffffff", ink: "#1d1913", soft: "#65605a", line: "#e6e3df" } as const;

/** What replaces them where it is dark. */
const DARK_RULES: Record<string, string> = {
  ".paper": "background-color: #0f0d0a !important;",
  ".panel": "background-color: #161411 !important; border-color: #2a2723 !important;",
  ".ink": "color: #edebe7 !important;",
  ".soft": "color: #aba7a1 !important;",
  ".line": "border-color: #2a2723 !important;",
  ".button": "background-color: #edebe7 !important; color: #14110d !important;",
  ".attention": "border-top-color: #d99a3c !important;",
  ".alarm": "border-top-color: #ef6a5b !important;",
};
const darkRules = (within: string) =>
  Object.entries(DARK_RULES)
    .map(([selector, rules]) => `${within}${selector} { ${rules} }`)
    .join("\n    ");

/**
 * Outlook darkens by itself and marks what it changed, so it is told the same. Programs that know neither show the light
 * one or turn its colours around, which leaves it readable: nothing in it is a picture.
 */
const LOOKS = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    ${darkRules("")}
  }
    ${darkRules("[data-ogsc] ")}
  @media (max-width: 480px) {
    .paper { padding: 12px 8px !important; }
    .panel { padding: 24px 20px !important; }
    .term { width: 84px !important; }
    .button { display: block !important; text-align: center !important; }
  }`;

/** How urgent a message is: a line of colour at the head of its panel, none where nothing is to be done. */
export type MailTone = "plain" | "attention" | "alarm";
const TONES = { attention: "#b87514", alarm: "#c8402f" } as const;

const FACE = "Geist, -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif";
const MONO = "'Geist Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const line: CSSProperties = { fontFamily: FACE, fontSize: 14, lineHeight: "22px", margin: 0, color: COLOURS.ink };

interface FrameProps {
  /** Shown by mail programs beside the subject. */
  preview: string;
  title: string;
  organization: string;
  tone?: MailTone;
  /** Why one gets this, and where that is changed. */
  footer: ReactNode;
  /** The host that every link leads to, so that a reader can tell it from somebody else's. */
  host: string;
  children: ReactNode;
}

/** What all messages have around them. */
export function MailFrame({ preview, title, organization, tone = "plain", footer, host, children }: FrameProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <style>{LOOKS}</style>
      </Head>
      <Preview>{preview}</Preview>
      <body className="paper" style={{ backgroundColor: COLOURS.paper, margin: 0, padding: "32px 12px" }}>
        <Container style={{ maxWidth: 560, margin: "0 auto" }}>
          <Text className="ink" style={{ ...line, fontWeight: 600, padding: "0 4px 12px" }} dir="auto">
            {organization}
          </Text>
          <Section
            className={tone === "plain" ? "panel" : `panel ${tone}`}
            style={{
              backgroundColor: COLOURS.panel,
              border: `1px solid ${COLOURS.line}`,
              ...(tone === "plain" ? {} : { borderTop: `3px solid ${TONES[tone]}` }),
              borderRadius: 12,
              padding: "28px 32px",
            }}
          >
            <Heading
              as="h1"
              className="ink"
              style={{ ...line, fontSize: 20, lineHeight: "28px", fontWeight: 600, letterSpacing: "-0.01em" }}
            >
              {title}
            </Heading>
            {children}
          </Section>
          <Text
            className="soft"
            style={{ ...line, fontSize: 12, lineHeight: "18px", color: COLOURS.soft, padding: "16px 4px 0" }}
          >
            {footer}
            <br />
            Sent by Latchkey at {host}
          </Text>
        </Container>
      </body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={{ ...line, margin: "12px 0 0" }}>
      {children}
    </Text>
  );
}

/** One fact a row: what it is, and the value in words or in mono. */
export function Facts({ rows }: { rows: { label: string; value: string; mono?: boolean }[] }) {
  return (
    <table
      role="presentation"
      width="100%"
      cellPadding={0}
      cellSpacing={0}
      className="facts line"
      style={{ margin: "20px 0 0", borderTop: `1px solid ${COLOURS.line}`, borderCollapse: "collapse" }}
    >
      <tbody>
        {rows.map(({ label, value, mono }) => (
          <tr key={label}>
            <td
              className="soft line term"
              style={{ ...cell, width: 120, color: COLOURS.soft, whiteSpace: "nowrap", paddingRight: 16 }}
            >
              {label}
            </td>
            <td className="ink line" style={{ ...cell, ...(mono ? { fontFamily: MONO } : {}) }}>
              <bdi>{value}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const cell: CSSProperties = {
  ...line,
  fontSize: 13,
  lineHeight: "20px",
  padding: "9px 0",
  verticalAlign: "top",
  borderBottom: `1px solid ${COLOURS.line}`,
  overflowWrap: "anywhere",
};

export interface ListedToken {
  id: string;
  name: string;
  masked: string;
  issuedBy: string;
  /** "in 6 days"; empty where the message says it for all. */
  when: string;
  /** What else is to be known of it. */
  note?: string | null;
  href: string;
}

export function TokenList({ tokens, more }: { tokens: ListedToken[]; more: string | null }) {
  return (
    <>
      <table
        role="presentation"
        width="100%"
        cellPadding={0}
        cellSpacing={0}
        className="line"
        style={{ margin: "20px 0 0", borderTop: `1px solid ${COLOURS.line}`, borderCollapse: "collapse" }}
      >
        <tbody>
          {tokens.map(({ id, name, masked, issuedBy, when, note, href }) => (
            <tr key={id}>
              <td className="ink line" style={cell}>
                <Link href={href} className="ink" style={{ color: COLOURS.ink, textDecoration: "underline" }}>
                  <bdi>{name}</bdi>
                </Link>
                <br />
                <span className="soft" style={{ fontFamily: MONO, fontSize: 12, color: COLOURS.soft }}>
                  {masked}
                </span>
                <span className="soft" style={{ fontSize: 12, color: COLOURS.soft }}>
                  {" "}
                  · <bdi>{issuedBy}</bdi>
                  {note ? ` · ${note}` : null}
                </span>
              </td>
              <td
                className="soft line"
                align="right"
                style={{ ...cell, color: COLOURS.soft, whiteSpace: "nowrap", paddingLeft: 12 }}
              >
                {when}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more ? <Paragraph>{more}</Paragraph> : null}
    </>
  );
}

/** The one thing to do. */
export function Button({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={{ paddingTop: 24 }}>
      <Link
        href={href}
        className="button"
        style={{
          fontFamily: FACE,
          fontSize: 14,
          lineHeight: "20px",
          fontWeight: 500,
          color: COLOURS.paper,
          backgroundColor: COLOURS.ink,
          borderRadius: 8,
          padding: "10px 16px",
          textDecoration: "none",
          display: "inline-block",
        }}
      >
        {children}
      </Link>
    </Section>
  );
}

/** In a line of its own, so that it is one to hit. */
export function FooterLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <>
      <br />
      <Link href={href} className="soft" style={{ color: COLOURS.soft, textDecoration: "underline" }}>
        {children}
      </Link>
    </>
  );
}
