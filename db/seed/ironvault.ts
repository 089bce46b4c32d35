import type { DemoOrganizationPlan } from "./demo-organization";

const expires = { after: 180 };

/** Storage of valuables; everybody has one token for 180 days, cleared away when they are over. */
export const ironvault: DemoOrganizationPlan = {
  domain: "ironvault.example",
  preset: "single_rotating",
  plan: "pro",
  teamsEnabled: true,
  groupNoun: "business_unit",
  founded: 410,
  customRoles: {},
  colleagues: [
    { handle: "elena", name: "Elena Petrova", role: "Engineer" },
    { handle: "tarek", name: "Tarek Mansour", role: "User" },
    { handle: "wen", name: "Wen Li", role: "Viewer" },
  ],
  groups: [
    { name: "Vault operations", members: ["admin", "user", "tarek"] },
    { name: "Insurance", members: ["engineer", "wen"] },
    { name: "Transport", members: ["elena", "tarek"] },
  ],
  tokens: [
    {
      name: "Inventory dashboard",
      issuer: "admin",
      created: { days: 77, at: "09:30" },
      expires,
      usage: {
        pattern: { kind: "every", seconds: 300, lag: 95 },
        callers: [{ ip: "192.0.2.200", agent: "Grafana/11.4.0" }],
      },
    },
    {
      name: "Premium calculation",
      issuer: "engineer",
      created: { days: 174, at: "01:15" },
      expires,
      usage: {
        pattern: { kind: "job", hour: 5, minute: 0, minutes: 25, calls: 410 },
        callers: [{ ip: "192.0.2.201", agent: "python-requests/2.32.3" }],
      },
    },
    {
      name: "Access log export",
      issuer: "user",
      created: { days: 213, at: "10:40" },
      expires,
      deleted: "at_expiry",
      usage: {
        pattern: { kind: "job", hour: 21, minute: 30, minutes: 5, calls: 60 },
        refusedFor: 2,
        callers: [{ ip: "192.0.2.202", agent: "curl/8.5.0" }],
      },
    },
    {
      name: "Access log export",
      issuer: "user",
      created: { days: 29, at: "08:22" },
      expires,
      usage: {
        pattern: { kind: "job", hour: 21, minute: 30, minutes: 5, calls: 60 },
        callers: [{ ip: "192.0.2.202", agent: "curl/8.5.0" }],
      },
    },
    {
      name: "Route planner",
      issuer: "elena",
      created: { days: 118, at: "07:48" },
      expires,
      deleted: { days: 52, at: "13:07" },
      usage: {
        pattern: { kind: "office", peak: 24, utcOffset: 2, weekend: 0.5 },
        callers: [{ ip: "198.51.100.130", agent: "axios/1.7.9" }],
      },
    },
    {
      name: "Route planner 2",
      issuer: "elena",
      created: { days: 52, at: "13:20" },
      expires,
      usage: {
        pattern: { kind: "office", peak: 26, utcOffset: 2, weekend: 0.5 },
        callers: [{ ip: "198.51.100.131", agent: "axios/1.7.9" }],
      },
    },
    { name: "Door schedule", issuer: "tarek", created: { days: 8, at: "12:12" }, expires },
  ],
};
