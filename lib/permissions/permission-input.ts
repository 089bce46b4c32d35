import { z } from "zod";
import { isReservedPermission, PERMISSION_NAME } from "@/lib/access/permission";
import { nameInput } from "@/lib/text-input";

const name = z.string({ error: "Enter a name." }).max(81, { error: "Keep each half to 40 characters." });

/** What a permission allows, in the words of who grants it. */
const description = nameInput("what it allows");

/** A new permission of the organization's own. */
export const createPermissionInput = z.strictObject({
  name: name
    .transform((value) => value.trim())
    .pipe(
      z
        .string()
        .regex(PERMISSION_NAME, { error: "Write two lower-case words with a colon between, such as events:read." })
        .refine((value) => !isReservedPermission(value), {
          error: "What starts like this is Latchkey's own. Choose another word before the colon.",
        }),
    ),
  description,
});
export type CreatePermissionInput = z.output<typeof createPermissionInput>;

/** The name stays: it is what the organization's own API asks for. */
export const updatePermissionInput = z.strictObject({ name, description });
export const deletePermissionInput = z.strictObject({ name });
