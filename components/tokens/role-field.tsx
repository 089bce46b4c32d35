"use client";

import { FieldGroup } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { TokenWords } from "@/lib/tokens/token-words";
import { permissionsInBrief } from "./permission-words";
import { useTokenWords } from "./token-words-context";

type RoleFieldProps = {
  roles: CreateOptions["roles"];
  value: string | null | undefined;
  onValueChange: (id: string) => void;
  error?: string;
};

/** What the token may do, the least first. Roles above one's own stay in sight and say why they are closed. */
export function RoleField({ roles, value, onValueChange, error }: RoleFieldProps) {
  const words = useTokenWords();
  return (
    <FieldGroup label="Role" error={error} hint="A token never allows more than you may do at the moment of the call.">
      <RadioGroup
        aria-label="Role"
        value={value ?? ""}
        onValueChange={onValueChange}
        hints="wide"
        // A phone's sheet scrolls as a whole: a box that scrolls by itself would be a second one under the same thumb.
        className="auto-rows-max gap-0! sm:max-h-56 sm:overflow-y-auto overscroll-contain rounded-control border border-line sm:[&>label]:min-h-10 [&>label]:rounded-none! [&>label]:border-line! [&>label]:border-x-0! [&>label]:border-t-0! [&>label:last-child]:border-b-0!"
        options={[...roles].sort(leastFirst).map((role) => ({
          value: role.id,
          label: <bdi className="font-medium text-sm [overflow-wrap:anywhere]">{role.name}</bdi>,
          hint: permissionsInBrief(role.permissions) || "Allows nothing yet",
          disabledReason: role.refusal && whyClosed(role.refusal, words),
        }))}
      />
    </FieldGroup>
  );
}

/** What is chosen before the person chooses: the role that allows least, yet something. */
export function leastRole(roles: CreateOptions["roles"]): string | undefined {
  const open = roles.filter((role) => !role.refusal).sort(leastFirst);
  return (open.find((role) => role.permissions.length > 0) ?? open[0])?.id;
}

type Role = CreateOptions["roles"][number];

const leastFirst = (a: Role, b: Role) =>
  Number(a.refusal !== null) - Number(b.refusal !== null) ||
  a.permissions.length - b.permissions.length ||
  a.name.localeCompare(b.name);

/** Shorter than the refusal's own sentence, since it may stand at several roles. */
const whyClosed = (refusal: Refusal, words: TokenWords) =>
  refusal.code === "role_exceeds_yours"
    ? "Allows more than you may do yourself"
    : refusal.code === "role_exceeds_account"
      ? "Allows more than the service account may do"
      : refusalSentence(refusal, words);
