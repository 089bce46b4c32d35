import { acmeJobTokens } from "./acme-job-tokens";
import { acmePastTokens } from "./acme-past-tokens";
import { acmePeopleTokens } from "./acme-people-tokens";
import { acmeProductTokens } from "./acme-product-tokens";
import type { DemoOrganizationPlan } from "./demo-organization";

/** The organization that shows the most: a shop with its own product, jobs at night and people who try things. */
export const acme: DemoOrganizationPlan = {
  domain: "acme.example",
  preset: "role_scoped",
  plan: "premium",
  groupNoun: "group",
  founded: 425,
  ownPermissions: {
    "cdn:purge": "Purge files from the content delivery network",
    "events:read": "Read the events of shops and orders",
    "events:write": "Send events into the pipeline",
  },
  customRoles: {
    "Purge only": ["organization:read"],
    "Read only reporting": ["tokens:read", "members:read", "groups:read", "roles:read", "organization:read"],
    Auditor: ["tokens:read", "members:read", "roles:read", "audit:read", "organization:read"],
    "Directory sync": ["members:read", "members:write", "groups:read", "groups:write", "organization:read"],
    "Event collector": ["events:read", "events:write"],
    "Edge cache": ["cdn:purge"],
  },
  colleagues: [
    { handle: "rin", name: "Rin Takeda", role: "Administrator" },
    { handle: "ifeoma", name: "Ifeoma Nwosu", role: "Engineer" },
    { handle: "linh", name: "Trần Mỹ Linh", role: "Engineer" },
    { handle: "yutong", name: "王雨桐", role: "User" },
    { handle: "zoe", name: "Zoë Marchetti-Lindqvist", role: "Read only reporting" },
    { handle: "anahera", name: "Anahera Tautahi", role: "Viewer" },
    { handle: "dmytro", name: "Dmytro Koval", role: "Engineer", deactivated: 48 },
    { handle: "greta", name: "Greta Holm", role: "User", deactivated: 16 },
    { handle: "ci-exporter", name: "ci-exporter", role: "Viewer", kind: "service", owner: "Platform" },
  ],
  groups: [
    { name: "Platform", members: ["admin", "engineer", "rin", "linh", "ci-exporter"], administrators: ["rin"] },
    { name: "Storefront", members: ["engineer", "ifeoma", "yutong"], administrators: ["ifeoma"] },
    { name: "Data", members: ["linh", "zoe", "ci-exporter"] },
    { name: "Customer care", members: ["user", "yutong", "anahera", "greta"] },
  ],
  invitations: [{ email: "mirela@acme.example", role: "Engineer", by: "rin", groups: ["Platform"], sent: 2 }],
  tokens: [...acmeProductTokens, ...acmeJobTokens, ...acmePeopleTokens, ...acmePastTokens],
  outage: { daysAgo: 9, fromHour: 2, hours: 13 },
};
