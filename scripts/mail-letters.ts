import type { Letter } from "@/lib/mail/mail-letter";
import { publicIdOf, type TokenKind } from "@/lib/tokens/token-secret";

const DAY = 86_400_000;

/** The moment at which the letters are looked at. */
export const LOOKED_AT = new Date("2026-03-02T09:30:00Z");
const inDays = (days: number) => new Date(LOOKED_AT.getTime() + days * DAY).toISOString();

const acme = { organization: { name: "Acme", preset: "role_scoped" }, portal: "console" } as const;
const ironvault = { organization: { name: "Ironvault", preset: "single_rotating" }, portal: "console" } as const;
const harbor = { organization: { name: "Harbor Partners", preset: "personal_mirror" }, portal: "hub" } as const;
const meridian = { organization: { name: "Meridian", preset: "client_credentials" }, portal: "console" } as const;

const token = (name: string, days: number | null, id = "Q2zkT7mWc4Ra", kind: TokenKind = "pat") => ({
  id,
  name,
  masked: publicIdOf({ prefix: "lk", kind, id }),
  expiresAt: days === null ? null : inDays(days),
  lastUsedAt: inDays(-0.2),
});
const NAMES = ["Deploy pipeline", "Nightly export", "Directory sync", "Grafana", "Billing webhook", "Load test", "ci"];
const PEOPLE = ["Ada Lindqvist", "Mateo Silva", "Noor Haddad", "Service account Nightly build"];
const many = (count: number, kind: TokenKind = "pat") =>
  Array.from({ length: count }, (_, at) => ({
    ...token(at < NAMES.length ? (NAMES[at] ?? "") : `partner-${at}`, 6 + at / 9, `${100 + at}Q2zkT7mWc`, kind),
    issuedBy: PEOPLE[at % PEOPLE.length] ?? "",
  }));

/** Every kind of message, in the words of several presets, with names as short and as long as they get. */
export const LETTERS: Record<string, Letter> = {
  "expiring-one": {
    ...acme,
    kind: "token_expiring",
    count: 1,
    last: inDays(7),
    issued: "all",
    isReminder: false,
    tokens: [{ ...token("Deploy pipeline", 7), expiresAt: inDays(7), issuedBy: "Ada Lindqvist" }],
  },
  "expiring-tomorrow": {
    ...ironvault,
    kind: "token_expiring",
    count: 1,
    last: inDays(1),
    issued: "none",
    isReminder: true,
    tokens: [
      {
        ...token("Personal access for the migration of all invoices of the years 2019 to 2025 to the new warehouse", 1),
        expiresAt: inDays(1),
        issuedBy: "Mateo Silva",
      },
    ],
  },
  "expiring-new-secret": {
    ...ironvault,
    kind: "token_expiring",
    count: 1,
    last: inDays(7),
    issued: "all",
    isReminder: false,
    tokens: [
      {
        ...token("Personal access", 7),
        expiresAt: inDays(7),
        issuedBy: "Mateo Silva",
        newSecret: { since: inDays(-5), renewsUntil: inDays(175) },
      },
    ],
  },
  "expiring-new-secret-no-help": {
    ...acme,
    kind: "token_expiring",
    count: 1,
    last: inDays(7),
    issued: "all",
    isReminder: false,
    tokens: [
      {
        ...token("Directory sync", 1),
        expiresAt: inDays(1),
        issuedBy: "Ada Lindqvist",
        newSecret: { since: inDays(-2), renewsUntil: null },
      },
    ],
  },
  "expiring-few": {
    ...harbor,
    kind: "token_expiring",
    count: 3,
    last: inDays(6.3),
    issued: "all",
    isReminder: false,
    tokens: many(3).map((each, at) => ({
      ...each,
      expiresAt: each.expiresAt ?? inDays(7),
      newSecret: at === 1 ? { since: inDays(-5), renewsUntil: inDays(90) } : null,
    })),
  },
  "expiring-many": {
    ...acme,
    kind: "token_expiring",
    count: 10_000,
    last: inDays(9),
    issued: "none",
    isReminder: false,
    tokens: many(20).map((each) => ({ ...each, expiresAt: each.expiresAt ?? inDays(7) })),
  },
  "inactive-one": {
    ...acme,
    kind: "token_inactive",
    count: 1,
    last: inDays(7),
    tokens: [{ ...token("Grafana", null), issuedBy: "Noor Haddad", lastUsedAt: inDays(-83), dueAt: inDays(7) }],
  },
  "inactive-few": {
    ...meridian,
    kind: "token_inactive",
    count: 3,
    last: inDays(8),
    tokens: many(3, "cls").map(({ id, name, masked, issuedBy }, at) => ({
      id,
      name,
      masked,
      issuedBy,
      lastUsedAt: at === 1 ? null : inDays(-80 - at),
      dueAt: inDays(6 + at),
    })),
  },
  created: {
    ...acme,
    kind: "token_created",
    token: token("Deploy pipeline", 90),
    by: "Ada Lindqvist",
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "created-for-account": {
    ...meridian,
    kind: "token_created",
    token: token("dbt runner", null, "Q2zkT7mWc4Ra", "cls"),
    by: "Noor Haddad",
    issuedFor: "Warehouse loader",
    at: LOOKED_AT.toISOString(),
  },
  rotated: {
    ...ironvault,
    kind: "token_created",
    how: "rotated",
    token: token("Personal access", 180),
    by: "Mateo Silva",
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  deleted: {
    ...acme,
    kind: "token_deleted",
    token: token("Nightly export", 12),
    by: "Ada Lindqvist",
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "deleted-as-expired": {
    ...ironvault,
    kind: "token_deleted",
    how: "expired",
    token: token("Personal access", 0),
    by: null,
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "deleted-as-unused": {
    ...acme,
    kind: "token_deleted",
    how: "unused",
    token: { ...token("Grafana", null), lastUsedAt: inDays(-90) },
    by: null,
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "deleted-by-new-policy": {
    ...acme,
    kind: "token_deleted",
    how: "policy_changed",
    token: token("Load test", -40),
    by: "Amara Okafor",
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "deleted-together": {
    ...ironvault,
    kind: "token_deleted",
    how: "expired",
    count: 10_000,
    tokens: many(20).map(({ id, name, masked, issuedBy }) => ({ id, name, masked, issuedBy })),
    by: null,
    at: LOOKED_AT.toISOString(),
  },
  "deleted-few": {
    ...acme,
    kind: "token_deleted",
    count: 3,
    tokens: many(3).map(({ id, name, masked, issuedBy }) => ({ id, name, masked, issuedBy })),
    by: "Ada Lindqvist",
    at: LOOKED_AT.toISOString(),
  },
  extended: {
    ...acme,
    kind: "token_created",
    how: "extended",
    token: token("Nightly export", 60),
    by: "Amara Okafor",
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "leaked-old-secret": {
    ...ironvault,
    kind: "token_leaked",
    how: "old_secret",
    from: "203.0.113.7",
    token: token("Personal access", 100),
    by: null,
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
  "leaked-old-secret-administrator": {
    ...acme,
    kind: "token_leaked",
    how: "old_secret",
    from: "2001:db8:85a3::8a2e:370:7334",
    token: token("ci", 100),
    by: null,
    issuedFor: null,
    issuedBy: "Mateo Silva",
    at: LOOKED_AT.toISOString(),
  },
  leaked: {
    ...acme,
    kind: "token_leaked",
    token: token("Billing webhook", null),
    by: null,
    issuedFor: null,
    at: LOOKED_AT.toISOString(),
  },
};
