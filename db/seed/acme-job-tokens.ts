import type { DemoToken } from "./demo-organization";

/** What runs by the clock at Acme: seven live tokens. */
export const acmeJobTokens: readonly DemoToken[] = [
  {
    name: "Nightly export",
    description: "Warehouse load, 02:00 UTC",
    issuer: "ci-exporter",
    createdBy: "rin",
    role: "Viewer",
    created: { days: 253, at: "12:44" },
    expires: { in: 112 },
    usage: {
      pattern: { kind: "job", hour: 2, minute: 0, minutes: 14, calls: 320 },
      growth: 0.25,
      callers: [{ ip: "192.0.2.33", agent: "python-requests/2.32.3" }],
    },
  },
  {
    name: "Snowflake loader",
    description: "Members and roles for the cost model",
    issuer: "ci-exporter",
    createdBy: "rin",
    role: "Viewer",
    created: { days: 190, at: "12:51" },
    expires: { in: 175 },
    usage: {
      pattern: { kind: "job", hour: 3, minute: 30, minutes: 8, calls: 140, weekdays: [1, 2, 3, 4, 5] },
      forbidden: 0.08,
      callers: [{ ip: "192.0.2.34", agent: "Go-http-client/2.0" }],
    },
  },
  {
    name: "Backup verification",
    description: "Restores the export every Sunday and compares the counts",
    issuer: "ci-exporter",
    createdBy: "admin",
    role: "Purge only",
    created: { days: 317, at: "09:33" },
    usage: {
      pattern: { kind: "job", hour: 4, minute: 15, minutes: 20, calls: 52, weekdays: [0] },
      callers: [{ ip: "192.0.2.35", agent: "curl/8.5.0" }],
    },
  },
  {
    name: "Reporting script",
    issuer: "engineer",
    role: "Viewer",
    created: { days: 306, at: "10:09" },
    usage: {
      pattern: { kind: "job", hour: 6, minute: 5, minutes: 4, calls: 44, weekdays: [1, 2, 3, 4, 5] },
      callers: [
        { ip: "198.51.100.21", agent: "python-requests/2.31.0" },
        { ip: "198.51.100.77", agent: "curl/8.7.1", share: 0.05 },
      ],
    },
  },
  {
    name: "Okta directory sync",
    description: "Joiners and leavers, twice an hour",
    issuer: "admin",
    role: "Directory sync",
    created: { days: 371, at: "08:40" },
    changed: { days: 148, at: "09:21", by: "rin", name: "Okta sync" },
    usage: {
      pattern: { kind: "every", seconds: 1800, lag: 640 },
      callers: [
        { ip: "198.51.100.88", agent: "Okta-Provisioning/1.0" },
        { ip: "2001:db8:88::a", agent: "Okta-Provisioning/1.0", share: 0.22 },
      ],
    },
  },
  {
    name: "Looker Studio connector",
    description: "Refreshes the growth dashboard",
    issuer: "zoe",
    role: "Read only reporting",
    created: { days: 142, at: "15:10" },
    expires: { in: 38 },
    usage: {
      pattern: { kind: "job", hour: 7, minute: 0, minutes: 6, calls: 76 },
      callers: [{ ip: "203.0.113.203", agent: "Google-Apps-Script" }],
    },
  },
  {
    name:
      "Quarterly reconciliation of partner invoices between the finance warehouse and the billing service of the European " +
      "subsidiaries, including corrections for currency, tax and late credit notes",
    description:
      "Run by the finance operations team in the first week after a quarter has closed, and again after the auditors' " +
      "questions. Reads members and the audit log to tell who approved which correction. Ask in #finance-operations " +
      "before changing anything here: the job takes six hours and cannot be resumed half-way.",
    issuer: "admin",
    role: "Auditor",
    created: { days: 209, at: "16:02" },
    expires: { in: 156 },
    usage: {
      pattern: { kind: "occasional", chance: 0.22, calls: 620, utcOffset: 1 },
      callers: [{ ip: "192.0.2.90", agent: "Apache-HttpClient/5.4 (Java/21.0.5)" }],
    },
  },
];
