import type { DemoOrganizationPlan } from "./demo-organization";

/**
 * A data platform; roles decide who may make clients, and every client has a role and says what it is for, which is also
 * what it is called.
 */
export const meridian: DemoOrganizationPlan = {
  domain: "meridian.example",
  preset: "client_credentials",
  plan: "enterprise",
  groupNoun: "group",
  founded: 340,
  userLacks: ["tokens:create", "tokens:manage"],
  customRoles: { "Query runner": ["organization:read", "roles:read"] },
  colleagues: [
    { handle: "aleksandra", name: "Aleksandra Nowak", role: "Engineer" },
    { handle: "diego", name: "Diego Fuentes", role: "User" },
    { handle: "hyejin", name: "박혜진", role: "User" },
    // Acme's administrator helps out here: the one person in two organizations.
    { handle: "amara", name: "Amara Okafor", role: "Engineer", account: "admin@acme.example" },
  ],
  groups: [
    { name: "Data engineering", members: ["engineer", "aleksandra", "amara"] },
    { name: "Analysts", members: ["user", "diego", "hyejin"] },
  ],
  tokens: [
    {
      name: "dbt production, transforms the marts every hour",
      description: "dbt production, transforms the marts every hour",
      issuer: "engineer",
      role: "Query runner",
      created: { days: 220, at: "11:50" },
      usage: {
        pattern: { kind: "every", seconds: 120, lag: 33 },
        callers: [{ ip: "192.0.2.220", agent: "dbt/1.9.1" }],
      },
    },
    {
      name: "Airflow, schedules the loads of data engineering",
      description: "Airflow, schedules the loads of data engineering",
      issuer: "aleksandra",
      role: "Engineer",
      created: { days: 198, at: "08:18" },
      usage: {
        pattern: { kind: "steady", calls: 55, utcOffset: 1, weekend: 0.9 },
        callers: [{ ip: "192.0.2.221", agent: "apache-airflow/2.10.4" }],
      },
    },
    {
      name: "Catalogue crawler, reads who owns a table",
      description: "Catalogue crawler, reads who owns a table",
      issuer: "admin",
      role: "Engineer",
      created: { days: 103, at: "14:04" },
      usage: {
        pattern: { kind: "job", hour: 1, minute: 10, minutes: 30, calls: 880 },
        callers: [{ ip: "192.0.2.222", agent: "OpenMetadata/1.6" }],
      },
    },
    {
      name: "Trino benchmark, compares cluster sizes",
      description: "Trino benchmark, compares cluster sizes",
      issuer: "engineer",
      role: "Viewer",
      created: { days: 126, at: "10:33" },
      deleted: { days: 70, at: "17:01", by: "admin" },
      usage: {
        pattern: { kind: "occasional", chance: 0.4, calls: 1500, utcOffset: 1 },
        callers: [{ ip: "203.0.113.77", agent: "trino-jdbc/466" }],
      },
    },
    {
      name: "Cost report, splits the monthly invoice by team",
      description: "Cost report, splits the monthly invoice by team",
      issuer: "admin",
      role: "Viewer",
      created: { days: 6, at: "09:47" },
    },
  ],
};
