import { type Preset, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { tokenStatus } from "@/lib/tokens/token-status";

/** An organization that is filled. Its slug marks it as one. */
export interface FilledOrganization {
  slug: string;
  name: string;
  preset: Preset;
  tokens: number;
  members: number;
}

export const isFilled = (slug: string) => /^fill-\d{1,3}$/.test(slug);

/** Names with their part of all tokens: one has half of them, as large customers do. */
const SHARES: readonly (readonly [name: string, preset: Preset, share: number])[] = [
  ["Halden Logistics", "role_scoped", 0.5],
  ["Kestrel Robotics", "role_scoped", 0.15],
  ["Larkspur Media", "personal_mirror", 0.1],
  ["Tidewater Energy", "client_credentials", 0.08],
  ["Brightmoor Retail", "admin_issued", 0.06],
  ["Pallas Research", "role_scoped", 0.05],
  ["Quarry Insurance", "personal_mirror", 0.03],
  ["Cinder Games", "client_credentials", 0.02],
  ["Velo Mobility", "admin_issued", 0.006],
  ["Wren Payments", "role_scoped", 0.004],
];
const TOKENS_A_MEMBER = 100;
const MOST_MEMBERS = 2000;

/** Divides `tokens` among the organizations; what is left over by rounding is the first one's. */
export function planOrganizations(tokens: number): FilledOrganization[] {
  const counts = SHARES.map(([, , share]) => Math.floor(tokens * share));
  counts[0] = (counts[0] ?? 0) + tokens - counts.reduce((sum, count) => sum + count, 0);
  return SHARES.map(([name, preset], at) => {
    const count = counts[at] ?? 0;
    const members = Math.min(MOST_MEMBERS, Math.max(5, Math.round(count / TOKENS_A_MEMBER)));
    return { slug: `fill-${at + 1}`, name, preset, tokens: count, members };
  });
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const JOBS = [
  "Nightly",
  "Hourly",
  "Staging",
  "Production",
  "Partner",
  "Internal",
  "Mobile",
  "Warehouse",
  "Beta",
  "Legacy",
];
const THINGS = [
  "export",
  "import",
  "invoices",
  "orders",
  "sync",
  "reports",
  "webhooks",
  "backup",
  "search",
  "catalogue",
];
const AGENTS = ["python-requests/2.32.3", "okhttp/4.12.0", "curl/8.11.0", "Go-http-client/2.0", "axios/1.7.9"];
const LIVES = [30, 60, 90, 180, 365];
const DAY = 86_400_000;
/** One token in so many has its calls written out by day. */
const CHARTED = 50;
const CHARTED_DAYS = 14;

/** What is told of a token besides its secret. */
export interface FilledToken {
  name: string;
  state: "active" | "expired" | "deleted";
  /** Numbers of the issuer among the members, and of the role among the built-in ones; null mirrors the issuer. */
  issuer: number;
  role: "administrator" | "engineer" | "user" | "viewer" | null;
  createdAt: Date;
  expiresAt: Date | null;
  deletedAt: Date | null;
  lastUsed: { at: Date; ip: string; agent: string } | null;
  /** Calls of the 24 hours of each of these days, UTC. */
  usage: { day: string; byHour: number[] }[];
}

/** Token number `place` of an organization: the same one, whenever it is asked for with the same `now`. */
export function planToken(organization: FilledOrganization, place: number, now: Date): FilledToken {
  const random = numbers(Number(organization.slug.slice(5)) * 50_000_017 + place);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const policy = TOKEN_PRESETS[organization.preset];
  // More and more of them, over two years; and few people have most of them.
  const createdAt = new Date(now.getTime() - (random() ** 1.6 * 730 + 0.01) * DAY);
  const issuer = Math.floor(random() ** 2 * organization.members);
  const name = `${pick(JOBS)} ${pick(THINGS)} ${place + 1}`;
  const share = random();
  const lasting = policy.expiry === "never" || (policy.expiry === "optional" && random() < 0.4);
  const expiresAt = lasting ? null : new Date(createdAt.getTime() + pick(LIVES) * DAY);
  const end = Math.min(now.getTime(), expiresAt?.getTime() ?? now.getTime());
  const within = (part: number) => new Date(createdAt.getTime() + (end - createdAt.getTime()) * part);
  const deletedAt = random() < 0.12 ? within(0.1 + random() * 0.9) : null;
  const over = deletedAt?.getTime() ?? end;
  const usedAt = new Date(over - random() ** 3 * (over - createdAt.getTime()));
  const lastUsed =
    random() < 0.75 ? { at: usedAt, ip: `198.51.100.${1 + Math.floor(random() * 254)}`, agent: pick(AGENTS) } : null;
  return {
    name,
    state: tokenStatus({ deletedAt, expiresAt }, now),
    issuer,
    role:
      policy.access === "issuer"
        ? null
        : share < 0.5
          ? "user"
          : share < 0.8
            ? "viewer"
            : share < 0.98
              ? "engineer"
              : "administrator",
    createdAt,
    expiresAt,
    deletedAt,
    lastUsed,
    usage: lastUsed && place % CHARTED === 0 ? usageUntil(lastUsed.at, createdAt, random) : [],
  };
}

/** The last of the members are service accounts, one in twenty. */
export const isService = (member: number, members: number) => member >= members - Math.floor(members / 20);

function usageUntil(last: Date, createdAt: Date, random: () => number) {
  const lastDay = Math.floor(last.getTime() / DAY);
  const first = Math.max(Math.floor(createdAt.getTime() / DAY), lastDay - CHARTED_DAYS + 1);
  const scale = 1 + random() ** 4 * 500;
  const days = [];
  for (let day = first; day <= lastDay; day++) {
    const hours = day === lastDay ? last.getUTCHours() : 23;
    const byHour = Array.from({ length: 24 }, (_, hour) =>
      hour > hours ? 0 : Math.max(day === lastDay && hour === hours ? 1 : 0, Math.floor(random() * scale)),
    );
    days.push({ day: new Date(day * DAY).toISOString().slice(0, 10), byHour });
  }
  return days.filter(({ byHour }) => byHour.some((calls) => calls > 0));
}
