import type { DemoOrganizationPlan } from "./demo-organization";

/** Events and their teams; administrators alone issue tokens, which mirror them and have nothing but a name. */
export const fairground: DemoOrganizationPlan = {
  domain: "fairground.example",
  preset: "admin_issued",
  plan: "enterprise",
  teamsEnabled: true,
  groupNoun: "team",
  founded: 390,
  customRoles: {},
  colleagues: [
    { handle: "samuel", name: "Samuel Osei", role: "Administrator" },
    { handle: "camille", name: "Camille Roux", role: "User" },
    { handle: "jonas", name: "Jonas Weber", role: "Viewer" },
  ],
  groups: [
    { name: "Field marketing", members: ["teamadmin", "user", "camille"], administrators: ["teamadmin"] },
    { name: "Conferences", members: ["engineer", "samuel", "jonas"], administrators: ["samuel"] },
    { name: "Sponsors", members: ["camille", "jonas"] },
  ],
  tokens: [
    {
      name: "Salesforce registrations",
      issuer: "admin",
      created: { days: 331, at: "10:21" },
      usage: {
        pattern: { kind: "every", seconds: 600, lag: 260 },
        callers: [{ ip: "203.0.113.34", agent: "SFDC-Callout/62.0" }],
      },
    },
    {
      name: "Badge printers",
      issuer: "samuel",
      created: { days: 140, at: "08:02" },
      usage: {
        pattern: { kind: "occasional", chance: 0.2, calls: 730, utcOffset: 1 },
        callers: [
          { ip: "198.51.100.60", agent: "badge-station/1.9" },
          { ip: "198.51.100.61", agent: "badge-station/1.9", share: 0.45 },
        ],
      },
    },
    {
      name: "HubSpot campaign sync",
      issuer: "admin",
      created: { days: 204, at: "14:38" },
      usage: {
        pattern: { kind: "steady", calls: 90, utcOffset: 0, weekend: 0.4 },
        growth: 0.3,
        callers: [{ ip: "203.0.113.35", agent: "HubSpot-Connect/3" }],
      },
    },
    { name: "Webinar archive", issuer: "samuel", created: { days: 12, at: "16:45" } },
    {
      name: "Zapier attendee feed",
      issuer: "admin",
      created: { days: 287, at: "09:50" },
      deleted: { days: 24, at: "11:11", by: "samuel" },
      usage: {
        pattern: { kind: "every", seconds: 900, lag: 300 },
        refusedFor: 3,
        callers: [{ ip: "203.0.113.167", agent: "Zapier" }],
      },
    },
  ],
};
