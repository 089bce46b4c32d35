import type { BuiltInPermission, Permission } from "@/lib/access/permission";
import type { NewOrganization } from "@/lib/organizations/create-organization";
import type { UsagePattern } from "./usage-patterns";

/** What an organization of the demo world is made of. Data alone: `write-organization.ts` turns it into rows. */
export interface DemoOrganizationPlan
  extends Omit<NewOrganization, "name" | "slug" | "tokensEnabled" | "teamsEnabled"> {
  /** Names the entry of `DEMO_ORGANIZATIONS` whose accounts are its first members. */
  domain: string;
  teamsEnabled?: boolean;
  /** Days ago. */
  founded: number;
  /** What the built-in role *User* does not hold here. */
  userLacks?: readonly BuiltInPermission[];
  /** What its own API asks of tokens, beside the built-in catalogue: names and what they allow. */
  ownPermissions?: Readonly<Record<string, string>>;
  customRoles: Readonly<Record<string, readonly Permission[]>>;
  colleagues: readonly DemoColleague[];
  groups: readonly DemoGroup[];
  /** Who was invited and has not come yet. Nobody holds their links. */
  invitations?: readonly DemoInvitation[];
  tokens: readonly DemoToken[];
  /** Hours in which nobody could call anything. */
  outage?: { daysAgo: number; fromHour: number; hours: number };
}

/** A member who cannot sign in to the demo world, since only the demo accounts have a password. */
export interface DemoColleague {
  /** How tokens and groups refer to the member, and the local part of the address where there is one. */
  handle: string;
  name: string;
  /** The name of a role. */
  role: string;
  kind?: "service";
  portal?: "hub";
  /** The address of somebody who is in an organization before this one: the same person, in both. */
  account?: string;
  /** Who answers for a service account: a handle or the name of a group. The administrators where it is absent. */
  owner?: string;
  /** Days ago. */
  deactivated?: number;
}

export interface DemoInvitation {
  email: string;
  /** The name of a role. */
  role: string;
  /** A handle. */
  by: string;
  /** Names of groups. */
  groups: readonly string[];
  portal?: "hub";
  /** Days ago. */
  sent: number;
}

interface DemoGroup {
  name: string;
  /** Handles; a demo account's is the local part of its address. */
  members: readonly string[];
  administrators?: readonly string[];
}

/** A day before today, and a time of that day in UTC (`hh:mm`). */
export interface DemoMoment {
  days: number;
  at: string;
}

export interface DemoToken {
  name: string;
  description?: string;
  /** Handle of the issuer, and of who created it for a service account. */
  issuer: string;
  createdBy?: string;
  /** The name of a role; absent where the token mirrors its issuer. */
  role?: string;
  created: DemoMoment;
  /** Days after the creation, or a day from now on. */
  expires?: { after: number } | { in: number };
  /** By the issuer unless said otherwise; `at_expiry` is the system's doing. */
  deleted?: (DemoMoment & { by?: string }) | "at_expiry";
  /** What name or description it had before this moment. */
  changed?: DemoMoment & { by?: string; name?: string; description?: string | null };
  usage?: DemoUsage;
}

export interface DemoUsage {
  pattern: UsagePattern;
  /** Days ago of the last call that can have happened; absent where it goes on. */
  stopped?: number;
  /** Part of the growth that happened within the history: 0.5 starts at half of today's calls. */
  growth?: number;
  /** Part of the calls that ask for more than the token may do. */
  forbidden?: number;
  /** Days for which somebody kept calling after the token was over. */
  refusedFor?: number;
  /** The first makes most of the calls and the last one. */
  callers: readonly [DemoCaller, ...DemoCaller[]];
}

interface DemoCaller {
  ip: string;
  agent: string | null;
  /** Part of all calls; the first caller makes what the others leave. */
  share?: number;
}
