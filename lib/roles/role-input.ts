import { z } from "zod";
import { nameInput } from "@/lib/text-input";

const name = nameInput("a name", 60);
/** Names of permissions, each once; whether there are such permissions is asked later. */
const permissions = z
  .array(z.string().max(81))
  .max(500)
  .transform((names) => [...new Set(names)].sort());

const id = z.uuid();

export const createRoleInput = z.strictObject({ name, permissions });
export type CreateRoleInput = z.output<typeof createRoleInput>;

/** Says what is given and what is taken, so that two changes at once both happen. */
export const updateRoleInput = z.strictObject({
  id,
  change: z.strictObject({ name: name.optional(), grant: permissions, take: permissions }),
});
export type UpdateRoleInput = z.output<typeof updateRoleInput>;

export const deleteRoleInput = z.strictObject({ id });

/** What a role is to lose. */
export const roleLossInput = z.strictObject({ id, take: permissions });
