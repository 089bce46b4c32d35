import type { RadioOption } from "@/components/ui/radio-group";
import type { Preset } from "@/lib/tokens/token-presets";

/** The five ways to use tokens, each in a sentence, for somebody who has seen none of them. */
export const presetChoices: (RadioOption & { value: Preset })[] = [
  {
    value: "role_scoped",
    label: "Role-scoped",
    hint: "Everyone creates tokens, each with a role equal to or lower than their own, and may let them expire.",
  },
  {
    value: "admin_issued",
    label: "Admin-issued",
    hint: "Administrators create tokens for integrations; each may do what its issuer may do.",
  },
  {
    value: "single_rotating",
    label: "Single rotating",
    hint: "Everyone has one token, which ends after 180 days and is rotated before.",
  },
  {
    value: "personal_mirror",
    label: "Personal mirror",
    hint: "A token does what its person may do at that moment, and nobody else sees it.",
  },
  {
    value: "client_credentials",
    label: "Client credentials",
    hint: "Programs exchange an id and a secret for short access; permitted people create them.",
  },
];
