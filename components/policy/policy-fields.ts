import type { TokenPolicy } from "@/lib/tokens/token-policy";

type Choice = { value: string; label: string; hint?: string };

/** A rule of the policy as its page shows it: what it does and to whom, and how it is set. */
export type PolicyField = {
  name: keyof TokenPolicy;
  label: string;
  sentence: string;
  /** False hides it where another rule leaves it nothing to say. */
  applies?: (policy: Pick<TokenPolicy, "expiry" | "description">) => boolean;
} & (
  | { kind: "choice"; options: Choice[]; short?: boolean }
  | { kind: "number"; unit: string; none: string }
  | { kind: "days" }
  | { kind: "networks" }
  | { kind: "switch"; on: string }
);

export type PolicySection = { title: string; description: string; fields: PolicyField[] };

const expires = ({ expiry }: Pick<TokenPolicy, "expiry">) => expiry !== "never";

/** Every rule, once, in the order in which a person thinks of them. */
export const POLICY_SECTIONS: PolicySection[] = [
  {
    title: "People",
    description: "Who may create tokens, and who sees them.",
    fields: [
      {
        name: "issuers",
        label: "Who creates tokens",
        sentence:
          "For everybody in the console and the hub. Where only administrators create, only they change and delete.",
        kind: "choice",
        options: [
          { value: "everyone", label: "Everyone", hint: "Each member, for themselves." },
          {
            value: "permitted",
            label: "Members whose role allows it",
            hint: "Those whose role holds tokens:create.",
          },
          { value: "administrators", label: "Administrators", hint: "Those whose role holds organization:manage." },
          {
            value: "administrators_with_teams",
            label: "Administrators, while groups are on",
            hint: "Everyone, while the organization has groups switched off. Group administrators do not count.",
          },
        ],
      },
      {
        name: "visibility",
        label: "Who sees other people’s tokens",
        sentence: "Everybody always sees their own. A token sees through the API what its issuer’s rights show it.",
        kind: "choice",
        options: [
          { value: "administrators", label: "Administrators", hint: "They see every token of the organization." },
          { value: "permitted", label: "Members whose role allows it", hint: "Those whose role holds tokens:oversee." },
          { value: "own", label: "Nobody", hint: "Not even administrators." },
        ],
      },
      {
        name: "tokensMayMint",
        label: "Tokens that create tokens",
        sentence:
          "For programs. Off, only people create; on, a token may too where its permissions hold tokens:create.",
        kind: "switch",
        on: "Tokens may create tokens",
      },
    ],
  },
  {
    title: "What a token is",
    description: "For tokens created from now on; existing ones stay what they are.",
    fields: [
      {
        name: "access",
        label: "What a token may do",
        sentence:
          "Never more than its issuer may do at that moment. Tokens that have a role keep it, whatever you choose.",
        kind: "choice",
        options: [
          {
            value: "assigned_role",
            label: "What its role allows",
            hint: "Whoever creates it chooses a role equal to or lower than their own.",
          },
          { value: "issuer", label: "What its issuer may do", hint: "It follows every change of role and groups." },
        ],
      },
      {
        name: "credential",
        label: "What its holder gets",
        sentence: "Chosen for whoever creates a token. Programs that use the other kind keep working.",
        kind: "choice",
        options: [
          { value: "secret", label: "A secret", hint: "Sent with every call." },
          { value: "client", label: "A client ID and a client secret", hint: "Exchanged for short-lived access." },
        ],
      },
      {
        name: "description",
        label: "Description",
        sentence: "Whether whoever creates a token says what it is for.",
        kind: "choice",
        short: true,
        options: [
          { value: "hidden", label: "None" },
          { value: "optional", label: "Optional" },
          { value: "required", label: "Required" },
        ],
      },
      {
        name: "descriptionLength",
        label: "Shortest description",
        sentence: "So that it says something: for whoever creates a token or changes its description.",
        applies: ({ description }) => description !== "hidden",
        kind: "number",
        unit: "characters",
        none: "No limit",
      },
    ],
  },
  {
    title: "Life",
    description: "How long a token works.",
    fields: [
      {
        name: "expiry",
        label: "Expiry",
        sentence: "What whoever creates a token may choose. A change here moves no existing expiry.",
        kind: "choice",
        options: [
          { value: "never", label: "Never", hint: "Tokens work until somebody ends them." },
          { value: "optional", label: "Optional", hint: "A date, or never where no longest life is set." },
          { value: "required", label: "Required", hint: "Each token ends on a day that its creator chooses." },
          { value: "fixed", label: "Fixed", hint: "Each token lives exactly this many days." },
        ],
      },
      {
        name: "expiryDays",
        label: "Longest life",
        sentence: "The most days that a token may be given; the exact number where the expiry is fixed.",
        applies: expires,
        kind: "number",
        unit: "days",
        none: "No limit",
      },
      {
        name: "deleteExpired",
        label: "After the expiry",
        sentence: "Off, expired tokens stay in the list. Switching it on deletes those that have expired already.",
        applies: expires,
        kind: "switch",
        on: "Delete tokens when they expire",
      },
      {
        name: "inactiveDays",
        label: "Delete unused tokens",
        sentence:
          "Days without a call after which a token is deleted. Its issuer and the administrators are told 7 days before, or that many where you set fewer. One call keeps it. Client secrets are left alone.",
        kind: "number",
        unit: "days",
        none: "Never",
      },
    ],
  },
  {
    title: "Limits",
    description: "Of active tokens. Existing ones stay; creating waits until there is room.",
    fields: [
      {
        name: "maxPerOrganization",
        label: "In the organization",
        sentence: "How many all members together may have.",
        kind: "number",
        unit: "tokens",
        none: "No limit",
      },
      {
        name: "maxPerIssuer",
        label: "For each member",
        sentence: "How many one member may have, administrators and service accounts included.",
        kind: "number",
        unit: "tokens",
        none: "No limit",
      },
    ],
  },
  {
    title: "Use",
    description: "What every call is held to, of existing tokens as well, from the moment of saving.",
    fields: [
      {
        name: "allowedNetworks",
        label: "Allowed networks",
        sentence:
          "IP addresses and CIDR blocks from which programs may call, one a line; calls from elsewhere are refused. Signing in to the console is not touched.",
        kind: "networks",
      },
      {
        name: "callsPerToken",
        label: "Calls of each token",
        sentence: "How many one token may make in a minute. Further ones hear when to come again.",
        kind: "number",
        unit: "calls a minute",
        none: "No limit",
      },
      {
        name: "callsPerOrganization",
        label: "Calls in the organization",
        sentence: "How many all tokens together may make in a minute.",
        kind: "number",
        unit: "calls a minute",
        none: "No limit",
      },
    ],
  },
  {
    title: "Creating one",
    description: "What the dialog shows and asks.",
    fields: [
      {
        name: "secretShown",
        label: "The new secret",
        sentence: "How whoever creates a token sees it, this once.",
        kind: "choice",
        short: true,
        options: [
          { value: "plain", label: "In plain sight" },
          { value: "masked", label: "Hidden until asked for" },
        ],
      },
      {
        name: "closing",
        label: "Leaving the dialog",
        sentence: "What its creator confirms before the secret is gone.",
        kind: "choice",
        short: true,
        options: [
          { value: "close", label: "Nothing" },
          { value: "button", label: "That it was copied" },
          { value: "checkbox", label: "That it was saved, by a tick" },
        ],
      },
      {
        name: "mailOnCreate",
        label: "Mail after creating",
        sentence: "Tells the issuer, who may not have been the one at the screen.",
        kind: "switch",
        on: "Mail the issuer about a new token",
      },
      {
        name: "mailOnDelete",
        label: "Mail after ending",
        sentence: "Tells the issuer that a token of theirs has ended, whoever ended it.",
        kind: "switch",
        on: "Mail the issuer about an ended token",
      },
    ],
  },
  {
    title: "Before the expiry",
    description: "Notices to those who have to act.",
    fields: [
      {
        name: "noticeDays",
        label: "Notices to the issuer",
        sentence: "Days before the expiry, with commas between them. Empty for none.",
        kind: "days",
      },
      {
        name: "noticeAdministrators",
        label: "Notices to administrators",
        sentence: "They get the same notices, for every token that they see.",
        kind: "switch",
        on: "Tell administrators as well",
      },
    ],
  },
];
