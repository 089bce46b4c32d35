"use client";

import { permissionsInBrief } from "@/components/tokens/permission-words";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field, FieldGroup } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { MemberChoices } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";

type ChoiceProps<T> = { value: T; onChange: (value: T) => void; error?: string };

/** The roles that somebody may have. Those above one's own stay in sight and say why they are closed. */
export function MemberRoleField({
  roles,
  hint,
  value,
  onChange,
  error,
}: ChoiceProps<string> & { roles: MemberChoices["roles"]; hint: string }) {
  return (
    <Field label="Role" required hint={hint} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValueChange={onChange}
          placeholder="Choose a role"
          options={roles.map(({ id, name, permissions, refusal }) => ({
            value: id,
            label: name,
            detail: permissionsInBrief(permissions).join(" · ") || "Allows nothing yet",
            // The one reason there is: see `decideGivenRole`.
            disabledReason: refusal && "Allows more than you may do yourself",
          }))}
        />
      )}
    </Field>
  );
}

export function PortalField({ value, onChange, error }: ChoiceProps<"console" | "hub">) {
  const words = useTokenWords();
  return (
    <FieldGroup label="Portal" error={error}>
      <RadioGroup
        aria-label="Portal"
        value={value}
        onValueChange={(chosen) => onChange(chosen === "hub" ? "hub" : "console")}
        options={[
          {
            value: "console",
            label: "Console",
            hint: "For people of the organization: every page that their role opens.",
          },
          {
            value: "hub",
            label: "Partner hub",
            hint: `For partners: their own ${words.many} and profile, nothing else.`,
          },
        ]}
      />
    </FieldGroup>
  );
}

/** The groups that one may give; nothing where there are none. */
export function GroupsField({
  groups,
  words,
  value,
  onChange,
  error,
}: ChoiceProps<string[]> & { groups: MemberChoices["groups"]; words: GroupWords }) {
  if (groups.length === 0) return null;
  return (
    <FieldGroup label={words.title} error={error}>
      <div className="grid gap-0.5 rounded-control border border-line p-1.5 sm:max-h-44 sm:overflow-y-auto">
        {groups.map(({ id, name }) => (
          <CheckboxField
            key={id}
            className="px-1 py-1 max-sm:py-2.5 [&_label]:w-full"
            label={<bdi className="[overflow-wrap:anywhere]">{name}</bdi>}
            checked={value.includes(id)}
            onCheckedChange={(on) => onChange(on ? [...value, id] : value.filter((known) => known !== id))}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

/** An owner as one choice of a list: `member:` or `group:` and the id. */
export type OwnerChoice = string;

export const ownerOf = (choice: OwnerChoice) => {
  const [kind, id = ""] = choice.split(":");
  return { kind: kind === "group" ? ("group" as const) : ("member" as const), id };
};

export const choiceOf = (owner: { kind: "member" | "group"; id: string } | null): OwnerChoice =>
  owner ? `${owner.kind}:${owner.id}` : "";

/** Who answers for a service account: a person, or the administrators of a group. */
export function OwnerField({
  choices,
  words,
  value,
  onChange,
  error,
}: ChoiceProps<OwnerChoice> & { choices: MemberChoices; words: GroupWords }) {
  const withoutYou = choices.groups.some(
    ({ id, youAnswer }) => value === choiceOf({ kind: "group", id }) && !youAnswer,
  );
  return (
    <Field
      label="Answered for by"
      required
      hint={
        withoutYou
          ? `You are no administrator of this ${words.one}: its administrators create the account’s tokens, you do not.`
          : "They create, see and delete its tokens, as far as their own role goes."
      }
      error={error}
    >
      {(control) => (
        <Select
          {...control}
          value={value}
          onValueChange={onChange}
          placeholder="Choose a person or a group"
          options={[
            ...choices.people.map(({ id, name, email }) => ({
              value: `member:${id}`,
              label: name,
              detail: email,
              section: "People",
            })),
            ...choices.groups.map(({ id, name }) => ({
              value: `group:${id}`,
              label: name,
              section: words.title,
              detail: `The administrators of the ${words.one}`,
            })),
          ]}
        />
      )}
    </Field>
  );
}
