import type { BuiltInRole } from "@/lib/access/permission";

export interface DemoAccount {
  email: string;
  name: string;
  /** What the button says below the name. */
  label: string;
  /** Null for the operator, who belongs to no organization. */
  role: BuiltInRole | null;
  portal: "console" | "hub";
}

export interface DemoOrganization {
  name: string;
  domain: string;
  accounts: readonly DemoAccount[];
}

/** The password of every demo account. Public, which is why the demo world exists on the embedded database alone. */
export const DEMO_PASSWORD = "latchkey-demo";

const account = (email: string, name: string, role: BuiltInRole, label: string): DemoAccount => ({
  email,
  name,
  label,
  role,
  portal: "console",
});

/** Who may sign in to the demo world: the seed makes these, the sign-in page offers them. */
export const DEMO_ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    name: "Acme",
    domain: "acme.example",
    accounts: [
      account("admin@acme.example", "Amara Okafor", "administrator", "Administrator"),
      account("engineer@acme.example", "Mateo Silva", "engineer", "Engineer"),
      account("user@acme.example", "Lena Brandt", "user", "User"),
    ],
  },
  {
    name: "Fairground",
    domain: "fairground.example",
    accounts: [
      account("admin@fairground.example", "Ingrid Halvorsen", "administrator", "Administrator"),
      account("engineer@fairground.example", "Tomasz Wrona", "engineer", "Engineer"),
      account("user@fairground.example", "Priya Raman", "user", "User"),
      account("teamadmin@fairground.example", "Déborah Kouassi", "user", "Team administrator"),
    ],
  },
  {
    name: "Ironvault",
    domain: "ironvault.example",
    accounts: [
      account("admin@ironvault.example", "Yusuf Demir", "administrator", "Administrator"),
      account("engineer@ironvault.example", "Hana Kobayashi", "engineer", "Engineer"),
      account("user@ironvault.example", "Callum Reyes", "user", "User"),
    ],
  },
  {
    name: "Harbor",
    domain: "harbor.example",
    accounts: [
      account("admin@harbor.example", "Noor van Dijk", "administrator", "Administrator"),
      account("engineer@harbor.example", "Kwame Asante", "engineer", "Engineer"),
      account("user@harbor.example", "Sofia Lindqvist", "user", "User"),
      { ...account("partner@harbor.example", "Rafael Moreno", "viewer", "Partner"), portal: "hub" },
    ],
  },
  {
    name: "Meridian",
    domain: "meridian.example",
    accounts: [
      account("admin@meridian.example", "Beatriz Antunes", "administrator", "Administrator"),
      account("engineer@meridian.example", "Oskar Nyman", "engineer", "Engineer"),
      account("user@meridian.example", "Mei-Lin Tan", "user", "User"),
    ],
  },
];

export const DEMO_OPERATOR: DemoAccount = {
  email: "operator@latchkey.example",
  name: "Odile Ferrand",
  label: "Operator",
  role: null,
  portal: "console",
};

/** The address of every demo account. */
export const DEMO_EMAILS: ReadonlySet<string> = new Set(
  [...DEMO_ORGANIZATIONS.flatMap((organization) => organization.accounts), DEMO_OPERATOR].map(({ email }) => email),
);
