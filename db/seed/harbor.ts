import type { DemoOrganizationPlan } from "./demo-organization";

/** Sells through partners, who sign in to a hub; a token may do what its issuer may, and nobody sees another's. */
export const harbor: DemoOrganizationPlan = {
  domain: "harbor.example",
  preset: "personal_mirror",
  plan: "premium",
  teamsEnabled: true,
  groupNoun: "visibility_group",
  founded: 360,
  customRoles: {},
  colleagues: [
    { handle: "aino", name: "Aino Mäkelä", role: "User" },
    { handle: "bram", name: "Bram Peeters", role: "Viewer", portal: "hub" },
    { handle: "erp-sync", name: "erp-sync", role: "Viewer", kind: "service", owner: "admin" },
  ],
  groups: [
    { name: "Head office", members: ["admin", "engineer", "erp-sync"], administrators: ["admin"] },
    { name: "Iberian resellers", members: ["admin", "user", "partner"] },
    { name: "Nordic resellers", members: ["user", "aino"] },
    { name: "Benelux resellers", members: ["engineer", "bram"] },
  ],
  tokens: [
    {
      name: "Deal registration feed",
      issuer: "partner",
      created: { days: 92, at: "11:16" },
      usage: {
        pattern: { kind: "steady", calls: 18, utcOffset: 1, weekend: 0.2 },
        callers: [{ ip: "203.0.113.44", agent: "python-requests/2.32.3" }],
      },
    },
    {
      name: "Price list download",
      issuer: "partner",
      created: { days: 61, at: "09:03" },
      usage: {
        pattern: { kind: "job", hour: 6, minute: 0, minutes: 3, calls: 8, weekdays: [1] },
        callers: [{ ip: "203.0.113.44", agent: "curl/8.9.1" }],
      },
    },
    {
      name: "First try",
      issuer: "partner",
      created: { days: 95, at: "15:55" },
      deleted: { days: 91, at: "16:30" },
      usage: {
        pattern: { kind: "office", peak: 3, utcOffset: 1, weekend: 0 },
        callers: [{ ip: "203.0.113.44", agent: "PostmanRuntime/7.43.0" }],
      },
    },
    {
      name: "Partner scorecards",
      issuer: "admin",
      created: { days: 150, at: "10:08" },
      usage: {
        pattern: { kind: "office", peak: 12, utcOffset: 1, weekend: 0 },
        callers: [{ ip: "192.0.2.160", agent: "Google-Apps-Script" }],
      },
    },
    {
      name: "Catalogue build",
      issuer: "engineer",
      created: { days: 110, at: "13:42" },
      usage: {
        pattern: { kind: "deploys", chance: 0.3, calls: 40, utcOffset: 0 },
        callers: [{ ip: "198.51.100.151", agent: "GitHub-Actions (actions/runner 2.321.0)" }],
      },
    },
    { name: "Spreadsheet", issuer: "user", created: { days: 17, at: "08:37" } },
    {
      name: "ERP orders",
      issuer: "erp-sync",
      createdBy: "admin",
      created: { days: 240, at: "09:25" },
      usage: {
        pattern: { kind: "every", seconds: 180, lag: 66 },
        callers: [{ ip: "192.0.2.161", agent: "SAP NetWeaver/7.57" }],
      },
    },
  ],
};
