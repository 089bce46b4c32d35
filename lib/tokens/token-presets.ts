import type { TokenPolicy } from "./token-policy";

export const PRESETS = [
  "admin_issued",
  "role_scoped",
  "single_rotating",
  "personal_mirror",
  "client_credentials",
] as const;
export type Preset = (typeof PRESETS)[number];

const common = {
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
  inactiveDays: null,
  tokensMayMint: false,
  expiry: "never",
  expiryDays: null,
  allowedNetworks: [] as string[],
  callsPerToken: null,
  callsPerOrganization: null,
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
