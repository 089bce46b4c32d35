import type { DemoToken } from "./demo-organization";

/** What people at Acme work and experiment with, and what they have forgotten: twelve live tokens. */
export const acmePeopleTokens: readonly DemoToken[] = [
  {
    name: "Slack status bot",
    description: "Answers /who-owns in Slack",
    issuer: "user",
    role: "Viewer",
    created: { days: 96, at: "09:58" },
    usage: {
      pattern: { kind: "office", peak: 22, utcOffset: 1, weekend: 0.04 },
      growth: 0.4,
      callers: [
        { ip: "203.0.113.140", agent: "node-fetch/3.3.2" },
        { ip: "203.0.113.141", agent: "node-fetch/3.3.2", share: 0.45 },
      ],
    },
  },
  {
    name: "Metabase",
    description: "Read-only questions of the data team",
    issuer: "linh",
    role: "Read only reporting",
    created: { days: 164, at: "03:22" },
    expires: { in: 20 },
    usage: {
      pattern: { kind: "office", peak: 60, utcOffset: 7, weekend: 0.1 },
      callers: [{ ip: "192.0.2.118", agent: "Metabase/v0.52.4" }],
    },
  },
  {
    name: "Support desk lookup",
    description: "Shows a customer's owner beside the ticket",
    issuer: "yutong",
    role: "User",
    created: { days: 83, at: "02:47" },
    usage: {
      pattern: { kind: "office", peak: 48, utcOffset: 8, weekend: 0.3 },
      growth: 0.15,
      forbidden: 0.03,
      callers: [
        { ip: "198.51.100.120", agent: "Zendesk/External-Integration" },
        { ip: "198.51.100.121", agent: "Zendesk/External-Integration", share: 0.4 },
      ],
    },
  },
  {
    name: "Retool admin panel",
    description: "Back office of the operations team",
    issuer: "admin",
    role: "Administrator",
    created: { days: 58, at: "13:36" },
    expires: { in: 32 },
    usage: {
      pattern: { kind: "office", peak: 31, utcOffset: 1, weekend: 0.02 },
      callers: [{ ip: "203.0.113.55", agent: "Retool/2.0" }],
    },
  },
  {
    name: "Postman",
    description: "Trying things out",
    issuer: "engineer",
    role: "Engineer",
    created: { days: 47, at: "16:31" },
    usage: {
      pattern: { kind: "occasional", chance: 0.4, calls: 12, utcOffset: -3 },
      forbidden: 0.2,
      callers: [
        { ip: "198.51.100.21", agent: "PostmanRuntime/7.43.0" },
        { ip: "2001:db8:1f0::c4", agent: "PostmanRuntime/7.42.0", share: 0.3 },
      ],
    },
  },
  {
    name: "Local development",
    issuer: "user",
    role: "User",
    created: { days: 33, at: "08:14" },
    expires: { in: 57 },
    usage: {
      pattern: { kind: "office", peak: 7, utcOffset: 1, weekend: 0 },
      forbidden: 0.06,
      callers: [
        { ip: "198.51.100.22", agent: "curl/8.7.1" },
        { ip: "2001:db8:1f0::7a", agent: "curl/8.7.1", share: 0.35 },
      ],
    },
  },
  {
    name: "Zapier: new member to CRM",
    description: "Adds new colleagues as owners in the CRM",
    issuer: "zoe",
    role: "Viewer",
    created: { days: 27, at: "14:49" },
    changed: { days: 20, at: "10:15", description: null },
    usage: {
      pattern: { kind: "every", seconds: 900, lag: 410 },
      // Asks for members, which Viewer may not read.
      forbidden: 0.5,
      callers: [{ ip: "203.0.113.166", agent: "Zapier" }],
    },
  },
  {
    name: "Warehouse scanner pilot",
    description: "Hand-held scanners in hall 3, from next month",
    issuer: "yutong",
    role: "User",
    created: { days: 19, at: "06:30" },
    expires: { in: 71 },
  },
  {
    name: "Partner sandbox",
    issuer: "user",
    role: "Viewer",
    created: { days: 5, at: "15:20" },
    expires: { in: 25 },
  },
  {
    name: "Disaster recovery drill",
    description: "Once a year; keep it in the safe",
    issuer: "rin",
    role: "Administrator",
    created: { days: 388, at: "10:00" },
    usage: {
      pattern: { kind: "occasional", chance: 0.5, calls: 35, utcOffset: 9 },
      stopped: 204,
      callers: [{ ip: "192.0.2.250", agent: "HTTPie/3.2.4" }],
    },
  },
  {
    name: "Legacy price feed",
    description: "Old storefront, to be switched off",
    issuer: "engineer",
    role: "Viewer",
    created: { days: 414, at: "11:27" },
    usage: {
      pattern: { kind: "steady", calls: 26, utcOffset: 1, weekend: 1 },
      stopped: 131,
      callers: [{ ip: "192.0.2.8", agent: "PHP/7.4 (Guzzle 6)" }],
    },
  },
  {
    name: "Onboarding checklist",
    issuer: "anahera",
    role: "Viewer",
    created: { days: 178, at: "22:05" },
    usage: {
      pattern: { kind: "office", peak: 4, utcOffset: 12, weekend: 0 },
      stopped: 103,
      callers: [{ ip: "203.0.113.219", agent: "Google-Apps-Script" }],
    },
  },
];
