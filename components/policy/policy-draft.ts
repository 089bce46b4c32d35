import { networkEntries } from "@/components/tokens/network-lines";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { tokenPolicyInput } from "@/lib/tokens/token-policy-input";
import { type Preset, RULES_OF_NO_PRESET, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { POLICY_SECTIONS } from "./policy-fields";

/** The rules that are a number or none. */
type Numbers = {
  [Name in keyof TokenPolicy]: number extends TokenPolicy[Name] ? Name : never;
}[keyof TokenPolicy];

type Typed = Numbers | "noticeDays" | "allowedNetworks";

/** A policy as it stands on the screen: numbers and lists as they are typed. */
export type PolicyDraft = Omit<TokenPolicy, Typed> & Record<Typed, string> & { preset: Preset };

/** A policy with the preset that it started from. */
export type PresetPolicy = { policy: TokenPolicy; preset: Preset };

const typed = (value: number | null) => (value === null ? "" : String(value));

const FIELDS = POLICY_SECTIONS.flatMap(({ fields }) => fields);
const NUMBERS = FIELDS.filter(({ kind }) => kind === "number").map(({ name }) => name as Numbers);

export const draftOf = ({ policy, preset }: PresetPolicy): PolicyDraft => ({
  ...policy,
  preset,
  ...(Object.fromEntries(NUMBERS.map((name) => [name, typed(policy[name])])) as Record<Numbers, string>),
  noticeDays: policy.noticeDays.join(", "),
  allowedNetworks: policy.allowedNetworks.join("\n"),
});

/** The draft with what a preset sets, and with its own rules that no preset does. */
export const withPreset = (draft: PolicyDraft, preset: Preset): PolicyDraft => ({
  ...draftOf({ policy: TOKEN_PRESETS[preset], preset }),
  ...Object.fromEntries(RULES_OF_NO_PRESET.map((name) => [name, draft[name]])),
});

const number = (text: string) => (text.trim() === "" ? null : Number(text));

/** The draft as a policy, or what is wrong with it by field. Rules that do not apply are as if nobody had set them. */
export function readDraft({
  preset: _,
  ...draft
}: PolicyDraft):
  | { policy: TokenPolicy; errors: null }
  | { policy: null; errors: Partial<Record<keyof TokenPolicy, string>> } {
  const noticeDays = draft.noticeDays
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
  const idle = FIELDS.filter(({ applies }) => applies?.(draft) === false);
  const parsed = tokenPolicyInput.safeParse({
    ...draft,
    ...Object.fromEntries(NUMBERS.map((name) => [name, number(draft[name])])),
    ...Object.fromEntries(idle.map(({ name, kind }) => [name, kind === "switch" ? false : null])),
    noticeDays,
    noticeAdministrators: noticeDays.length > 0 && draft.noticeAdministrators,
    allowedNetworks: networkEntries(draft.allowedNetworks).map(({ entry }) => entry),
  });
  if (parsed.success) return { policy: parsed.data, errors: null };
  const errors: Partial<Record<keyof TokenPolicy, string>> = {};
  for (const { path, message } of parsed.error.issues) errors[path[0] as keyof TokenPolicy] ??= message;
  return { policy: null, errors };
}

/** The rules in which two drafts differ. */
export const differences = (a: PolicyDraft, b: PolicyDraft): (keyof PolicyDraft)[] =>
  (Object.keys(a) as (keyof PolicyDraft)[]).filter((name) => a[name] !== b[name]);

/** The person's own changes on top of what somebody else saved meanwhile. */
export function rebased(draft: PolicyDraft, base: PolicyDraft, saved: PolicyDraft): PolicyDraft {
  const own = differences(draft, base);
  return { ...saved, ...Object.fromEntries(own.map((name) => [name, draft[name]])) };
}
