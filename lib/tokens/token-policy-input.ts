import { z } from "zod";
import { networkListInput } from "@/lib/access/networks";
import type { TokenPolicy } from "./token-policy";
import { PRESETS, type Preset } from "./token-presets";

const MOST_DAYS = 3650;
const MOST_TOKENS = 1_000_000;
const MOST_NOTICES = 10;
const MOST_CALLS = 1_000_000;
/** As long as a description may be. */
const MOST_CHARACTERS = 500;

/** `none` is what an empty field means, where it may be empty whatever the other rules are. */
function whole(most: number, unit: string, none?: string) {
  const or = none ? `, or leave it empty for ${none}` : "";
  return z
    .number({ error: `Give a number of ${unit}${or}.` })
    .int({ error: `Give a whole number of ${unit}.` })
    .min(1, { error: `Give at least 1${or}.` })
    .max(most, { error: `Give at most ${most.toLocaleString("en")}.` })
    .nullable();
}

const notice = { error: "Give whole days from 1 to 365, with commas between them." };

/** A whole policy, as the page sends it. Combinations that mean nothing are refused at the field that should give way. */
export const tokenPolicyInput = z
  .strictObject({
    issuers: z.enum(["everyone", "administrators", "administrators_with_teams", "permitted"]),
    visibility: z.enum(["own", "administrators", "permitted"]),
    access: z.enum(["assigned_role", "issuer"]),
    expiry: z.enum(["never", "optional", "required", "fixed"]),
    expiryDays: whole(MOST_DAYS, "days"),
    deleteExpired: z.boolean(),
    maxPerOrganization: whole(MOST_TOKENS, "tokens", "no limit"),
    maxPerIssuer: whole(MOST_TOKENS, "tokens", "no limit"),
    credential: z.enum(["secret", "client"]),
    description: z.enum(["hidden", "optional", "required"]),
    descriptionLength: whole(MOST_CHARACTERS, "characters", "no limit"),
    secretShown: z.enum(["plain", "masked"]),
    closing: z.enum(["close", "button", "checkbox"]),
    mailOnCreate: z.boolean(),
    mailOnDelete: z.boolean(),
    /** Kept from the earliest notice to the latest, as the presets have them. */
    noticeDays: z
      .array(z.number(notice).int(notice).min(1, notice).max(365, notice))
      .max(MOST_NOTICES, { error: `Give at most ${MOST_NOTICES} notices.` })
      .refine((days) => new Set(days).size === days.length, { error: "Give each day once." })
      .transform((days) => [...days].sort((a, b) => b - a)),
    noticeAdministrators: z.boolean(),
    inactiveDays: whole(MOST_DAYS, "days", "never"),
    tokensMayMint: z.boolean(),
    allowedNetworks: networkListInput,
    callsPerToken: whole(MOST_CALLS, "calls", "no limit"),
    callsPerOrganization: whole(MOST_CALLS, "calls", "no limit"),
  })
  .superRefine((policy, ctx) => {
    const say = (field: keyof TokenPolicy, message: string) => ctx.addIssue({ code: "custom", path: [field], message });
    if (policy.expiry === "fixed" && policy.expiryDays === null) say("expiryDays", "Say how many days a token lives.");
    if (policy.expiry === "never" && policy.expiryDays !== null) {
      say("expiryDays", "Tokens that never expire have no number of days.");
    }
    if (policy.description === "hidden" && policy.descriptionLength !== null) {
      say("descriptionLength", "Tokens without a description have no shortest one.");
    }
    if (policy.expiry === "never" && policy.deleteExpired) {
      say("deleteExpired", "Where tokens never expire there is nothing to delete.");
    }
    if (policy.noticeAdministrators && policy.noticeDays.length === 0) {
      say("noticeAdministrators", "There is no notice that administrators could get.");
    }
    const { maxPerIssuer, maxPerOrganization } = policy;
    if (maxPerIssuer !== null && maxPerOrganization !== null && maxPerIssuer > maxPerOrganization) {
      say(
        "maxPerIssuer",
        `Nobody can reach this: the organization’s limit is ${maxPerOrganization.toLocaleString("en")}.`,
      );
    }
    const { callsPerToken, callsPerOrganization } = policy;
    if (callsPerToken !== null && callsPerOrganization !== null && callsPerToken > callsPerOrganization) {
      say(
        "callsPerToken",
        `No token can reach this: the organization’s limit is ${callsPerOrganization.toLocaleString("en")}.`,
      );
    }
  });

const preset = z.enum(PRESETS);

/** Of the tokens that a change touches, which to list. */
const LISTED_FATES = ["outside", "loses_rights", "deleted"] as const;
export type ListedFate = (typeof LISTED_FATES)[number];

/** What *Preview* sends; `list` opens the tokens of one fate, a page at a time. */
export const previewPolicyInput = z.strictObject({
  policy: tokenPolicyInput,
  list: z
    .strictObject({ fate: z.enum(LISTED_FATES), offset: z.number().int().min(0).max(MOST_TOKENS) })
    .nullable()
    .default(null),
});
export type PreviewPolicyInput = z.output<typeof previewPolicyInput>;

/** What *Save policy* sends. `version` is that of the policy which the person saw. */
export const updatePolicyInput = z.strictObject({
  policy: tokenPolicyInput,
  preset,
  version: z.number().int().min(1),
});
export type UpdatePolicyInput = z.output<typeof updatePolicyInput>;

/** The fields in which two policies differ, with both values; the preset, which chooses the words, among them. */
export function changedFields(
  from: TokenPolicy & { preset: Preset },
  to: TokenPolicy & { preset: Preset },
): Record<string, { from: unknown; to: unknown }> {
  const names = ["preset", ...Object.keys(tokenPolicyInput.shape)] as (keyof typeof to)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
      .map((name) => [name, { from: from[name], to: to[name] }]),
  );
}

/** The fields of a policy and nothing else of its row. */
export function policyOf(row: TokenPolicy): TokenPolicy {
  const names = Object.keys(tokenPolicyInput.shape) as (keyof TokenPolicy)[];
  return Object.fromEntries(names.map((name) => [name, row[name]])) as unknown as TokenPolicy;
}
