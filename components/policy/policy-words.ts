import { presetChoices } from "@/components/auth/preset-choices";
import { networksInWords } from "@/components/tokens/network-lines";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { Preset } from "@/lib/tokens/token-presets";
import type { PresetPolicy } from "./policy-draft";
import { POLICY_SECTIONS, type PolicyField } from "./policy-fields";

/** What a rule is set to, in the words of its control. */
export function valueWords(field: PolicyField, policy: TokenPolicy): string {
  const value = policy[field.name];
  if (field.kind === "choice") return field.options.find((option) => option.value === value)?.label ?? String(value);
  if (field.kind === "switch") return value ? "On" : "Off";
  if (field.kind === "number") return value === null ? field.none : `${value.toLocaleString("en")} ${field.unit}`;
  if (field.kind === "networks") return networksInWords(policy.allowedNetworks) || "Anywhere";
  return Array.isArray(value) && value.length > 0 ? value.join(", ") : "None";
}

/** A rule, or the preset, that differs between two policies, in words. */
export type WordedChange = { label: string; before: string; after: string };

/** In what two policies differ, in the words and the order of the page. */
export function changesInWords(before: PresetPolicy, after: PresetPolicy): WordedChange[] {
  const presetName = (preset: Preset) => String(presetChoices.find(({ value }) => value === preset)?.label);
  return [
    { label: "Preset", before: presetName(before.preset), after: presetName(after.preset) },
    ...POLICY_SECTIONS.flatMap(({ fields }) =>
      fields.map((field) => ({
        label: field.label,
        before: valueWords(field, before.policy),
        after: valueWords(field, after.policy),
      })),
    ),
  ].filter((change) => change.before !== change.after);
}
