import type { DemoToken } from "./demo-organization";

/** Acme's tokens that are over: four expired, five deleted. */
export const acmePastTokens: readonly DemoToken[] = [
  {
    name: "Terraform",
    issuer: "rin",
    role: "Administrator",
    created: { days: 192, at: "04:18" },
    expires: { after: 180 },
    usage: {
      pattern: { kind: "deploys", chance: 0.2, calls: 26, utcOffset: 9 },
      stopped: 38,
      callers: [{ ip: "192.0.2.77", agent: "HashiCorp Terraform/1.9.8" }],
    },
  },
  {
    name: "Contractor access",
    description: "For the redesign of the help pages",
    issuer: "user",
    role: "User",
    created: { days: 65, at: "10:52" },
    expires: { after: 60 },
    usage: {
      pattern: { kind: "office", peak: 9, utcOffset: 1, weekend: 0 },
      refusedFor: 30,
      callers: [
        { ip: "203.0.113.231", agent: "Insomnia/10.1" },
        { ip: "2001:db8:e1::19", agent: "curl/8.7.1", share: 0.15 },
      ],
    },
  },
  {
    name: "Heroku scheduler",
    description: "Hourly clean-up of abandoned carts",
    issuer: "greta",
    role: "User",
    created: { days: 111, at: "13:15" },
    expires: { after: 90 },
    usage: {
      pattern: { kind: "every", seconds: 3600, lag: 1260 },
      refusedFor: 9,
      callers: [{ ip: "192.0.2.181", agent: "Ruby/3.3 (Faraday 2.12)" }],
    },
  },
  {
    name: "Load test of the new checkout",
    issuer: "engineer",
    role: "Engineer",
    created: { days: 136, at: "11:45" },
    expires: { after: 30 },
    usage: {
      pattern: { kind: "occasional", chance: 0.35, calls: 9800, utcOffset: 1 },
      forbidden: 0.01,
      callers: [
        { ip: "203.0.113.15", agent: "k6/0.54.0" },
        { ip: "203.0.113.16", agent: "k6/0.54.0", share: 0.48 },
      ],
    },
  },
  {
    name: "Old CRM connector",
    description: "Replaced by Production integration",
    issuer: "admin",
    role: "User",
    created: { days: 268, at: "15:29" },
    deleted: { days: 254, at: "09:40" },
  },
  {
    name: "Jenkins",
    description: "Builds of the old storefront",
    issuer: "dmytro",
    role: "Engineer",
    created: { days: 395, at: "09:05" },
    deleted: { days: 48, at: "16:10", by: "rin" },
    usage: {
      pattern: { kind: "deploys", chance: 0.5, calls: 18, utcOffset: 2 },
      refusedFor: 6,
      callers: [{ ip: "192.0.2.45", agent: "Jenkins/2.479.1" }],
    },
  },
  {
    name: "Data science notebook",
    description: "Was committed to a repository by mistake",
    issuer: "linh",
    role: "Read only reporting",
    created: { days: 74, at: "04:35" },
    changed: { days: 22, at: "08:03", by: "admin", description: "Churn model" },
    deleted: { days: 15, at: "08:06", by: "admin" },
    usage: {
      pattern: { kind: "office", peak: 15, utcOffset: 7, weekend: 0.2 },
      refusedFor: 5,
      callers: [
        { ip: "192.0.2.119", agent: "python-requests/2.32.3" },
        { ip: "198.51.100.244", agent: "python-httpx/0.28.0", share: 0.08 },
      ],
    },
  },
  {
    name: "Webhook relay",
    issuer: "engineer",
    role: "User",
    created: { days: 159, at: "17:12" },
    deleted: { days: 31, at: "14:26" },
    usage: {
      pattern: { kind: "steady", calls: 70, utcOffset: 1, weekend: 0.7 },
      callers: [{ ip: "203.0.113.99", agent: "Go-http-client/1.1" }],
    },
  },
  {
    name: "Temporary import",
    description: "Moving the address book",
    issuer: "user",
    role: "User",
    created: { days: 41, at: "09:19" },
    expires: { after: 7 },
    deleted: { days: 36, at: "12:58" },
    usage: {
      pattern: { kind: "office", peak: 140, utcOffset: 1, weekend: 0 },
      callers: [{ ip: "198.51.100.22", agent: "python-requests/2.32.3" }],
    },
  },
];
