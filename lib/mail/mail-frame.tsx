import { Container, Head, Heading, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";

/** The screen's colours as mail programs understand them, light; the dark ones replace them by class. */
const COLOURS = { paper: "#fdfcfb", panel: "#ffffff", ink: "#1d1913", soft: "#65605a", line: "#e6e3df" } as const;

/** Programs that know no `prefers-color-scheme` show the light one, or turn its colours themselves. */
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .paper { background-color: #0f0d0a !important; }
    .panel { background-color: #161411 !important; border-color: #2a2723 !important; }
    .ink { color: #edebe7 !important; }
    .soft { color: #aba7a1 !important; }
    .line { border-color: #2a2723 !important; }
    .button { background-color: #edebe7 !important; color: #14110d !important; }
  }
  @media (max-width: 480px) {
    .paper { padding: 12px 8px !important; }
    .panel { padding: 24px 20px !important; }
    .button { display: block !important; text-align: center !important; }
  }`;

const FACE = "Geist, -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif";
const MONO = "'Geist Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const line: CSSProperties = { fontFamily: FACE, fontSize: 14, lineHeight: "22px", margin: 0, color: COLOURS.ink };

interface FrameProps {
  /** Shown by mail programs beside the subject. */
  preview: string;
  title: string;
  organization: string;
  /** Why one gets this, and where that is changed. */
  footer: ReactNode;
  children: ReactNode;
}

/** What all messages have around them. */
export function MailFrame({ preview, title, organization, footer, children }: FrameProps) {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <style>{DARK}</style>
      </Head>
      <Preview>{preview}</Preview>
      <body className="paper" style={{ backgroundColor: COLOURS.paper, margin: 0, padding: "32px 12px" }}>
        <Container style={{ maxWidth: 560, margin: "0 auto" }}>
          <Text className="soft" style={{ ...line, color: COLOURS.soft, padding: "0 4px 12px" }} dir="auto">
            {organization}
          </Text>
          <Section
            className="panel"
            style={{
              backgroundColor: COLOURS.panel,
              border: `1px solid ${COLOURS.line}`,
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
              className="soft line"
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
  /** Its masked id and who issued it. */
  about: string;
  /** "in 6 days". */
  when: string;
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
          {tokens.map(({ id, name, about, when, href }) => (
            <tr key={id}>
              <td className="ink line" style={cell}>
                <Link href={href} className="ink" style={{ color: COLOURS.ink, textDecoration: "underline" }}>
                  <bdi>{name}</bdi>
                </Link>
                <br />
                <span className="soft" style={{ fontFamily: MONO, fontSize: 12, color: COLOURS.soft }}>
                  <bdi>{about}</bdi>
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

export function FooterLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="soft" style={{ color: COLOURS.soft, textDecoration: "underline" }}>
      {children}
    </Link>
  );
}
