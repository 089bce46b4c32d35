import type { Preset } from "@/lib/tokens/token-presets";

/** What the five presets are called, for whoever hosts Latchkey. */
export const PRESET_NAMES: Record<Preset, string> = {
  admin_issued: "Admin-issued",
  role_scoped: "Role-scoped",
  single_rotating: "Single rotating",
  personal_mirror: "Personal mirror",
  client_credentials: "Client credentials",
};
