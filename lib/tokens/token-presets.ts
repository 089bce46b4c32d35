import type { TokenPolicy } from "./token-policy";

export const PRESETS = [
  "admin_issued",
  "role_scoped",
  "single_rotating",
  "personal_mirror",
  "client_credentials",
] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * Rules that no preset sets, as an organization begins with them: from where and how much tokens are used and what becomes of
 * unused ones does not follow from how they are made. Choosing a preset leaves them as they are.
 */
const OF_NO_PRESET = {
  inactiveDays: null,
  allowedNetworks: [] as string[],
  callsPerToken: null,
  callsPerOrganization: null,
} as const satisfies Partial<TokenPolicy>;

export const RULES_OF_NO_PRESET = Object.keys(OF_NO_PRESET) as (keyof typeof OF_NO_PRESET)[];

const common = {
  ...OF_NO_PRESET,
  deleteExpired: false,
  maxPerOrganization: null,
  maxPerIssuer: null,
  credential: "secret",
  description: "hidden",
  descriptionLength: null,
  secretShown: "plain",
  closing: "close",
  mailOnCreate: false,
  mailOnDelete: false,
  noticeDays: [],
  noticeAdministrators: false,
  tokensMayMint: false,
  expiry: "never",
  expiryDays: null,
} as const;

/** What an organization starts from. Any single field may then differ. */
export const TOKEN_PRESETS: Record<Preset, TokenPolicy> = {
  admin_issued: {
    ...common,
    noticeDays: [],
    issuers: "administrators_with_teams",
    visibility: "administrators",
    access: "issuer",
  },
  role_scoped: {
    ...common,
    issuers: "everyone",
    visibility: "administrators",
    access: "assigned_role",
    expiry: "optional",
    maxPerOrganization: 50,
    description: "optional",
    secretShown: "masked",
    closing: "button",
    noticeDays: [7, 1],
    noticeAdministrators: true,
  },
  single_rotating: {
    ...common,
    issuers: "everyone",
    visibility: "administrators",
    access: "issuer",
    expiry: "fixed",
    expiryDays: 180,
    deleteExpired: true,
    maxPerIssuer: 1,
    secretShown: "masked",
    mailOnCreate: true,
    mailOnDelete: true,
    noticeDays: [30, 7, 1],
  },
  personal_mirror: { ...common, noticeDays: [], issuers: "everyone", visibility: "own", access: "issuer" },
  client_credentials: {
    ...common,
    noticeDays: [],
    issuers: "permitted",
    visibility: "permitted",
    access: "assigned_role",
    credential: "client",
    description: "required",
    closing: "checkbox",
  },
};
