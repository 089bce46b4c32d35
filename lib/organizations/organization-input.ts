import { z } from "zod";
import { nameInput } from "@/lib/text-input";
import { originListInput } from "./allowed-origins";
import { GROUP_NOUNS } from "./group-words";

const settings = z.strictObject({
  name: nameInput("the organization's name"),
  group_noun: z.enum(GROUP_NOUNS, { error: "Choose a word." }),
  groups_enabled: z.boolean({ error: "Choose on or off." }),
  /** Sites whose scripts may call the API. */
  allowed_origins: originListInput,
});

/** `was` is what the form was filled with: where something else stands by now, nothing is changed. */
export const updateOrganizationInput = z.strictObject({ was: settings, to: settings });
export type OrganizationSettings = z.output<typeof settings>;
