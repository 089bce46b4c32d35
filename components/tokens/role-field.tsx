"use client";

import { Field, FieldGroup } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import { permissionsInBrief } from "./permission-words";

/** More than these are a list to open. */
const SHOWN_AT_ONCE = 6;

type RoleFieldProps = {
  roles: CreateOptions["roles"];
  value: string | null | undefined;
  onValueChange: (id: string) => void;
  error?: string;
};

const HINT = "It never allows more than you may do yourself at the moment of a call.";

/** What the token may do. Roles above one's own stay in sight and say why they are closed. */
export function RoleField({ roles, value, onValueChange, error }: RoleFieldProps) {
  if (roles.length > SHOWN_AT_ONCE) {
    const chosen = roles.find(({ id }) => id === value);
    return (
      <Field label="Role" required error={error} hint={chosen ? allows(chosen.permissions) : HINT}>
        {(control) => (
          <Select
            {...control}
            value={value ?? undefined}
            onValueChange={onValueChange}
            options={roles.map((role) => ({
              value: role.id,
              label: role.name,
              detail: allows(role.permissions),
              disabledReason: role.refusal && refusalSentence(role.refusal),
            }))}
          />
        )}
      </Field>
    );
  }
  return (
    <FieldGroup label="Role" error={error} hint={HINT}>
      <RadioGroup
        aria-label="Role"
        className="gap-1.5!"
        value={value ?? ""}
        onValueChange={onValueChange}
        options={roles.map((role) => ({
          value: role.id,
          label: <bdi className="font-medium text-sm [overflow-wrap:anywhere]">{role.name}</bdi>,
          hint: allows(role.permissions),
          disabledReason: role.refusal && refusalSentence(role.refusal),
        }))}
      />
    </FieldGroup>
  );
}

const allows = (permissions: string[]) => permissionsInBrief(permissions) || "Allows nothing yet";

/** What is chosen before the person chooses: the role that allows least, yet something. Roles come with the most first. */
export function leastRole(roles: CreateOptions["roles"]): string | undefined {
  const open = roles.filter((role) => !role.refusal);
  return (open.findLast((role) => role.permissions.length > 0) ?? open.at(-1))?.id;
}
