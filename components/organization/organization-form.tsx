"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "@/components/tokens/form-answer";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, Segmented } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/auth/action-result";
import { GROUP_NOUNS, GROUP_WORDS, type GroupNoun } from "@/lib/organizations/group-words";
import { type OrganizationSettings, updateOrganizationInput } from "@/lib/organizations/organization-input";
import type { OrganizationView } from "@/lib/organizations/view-organization";
import type { TokenWords } from "@/lib/tokens/token-words";
import { GroupsConsequence } from "./groups-consequence";

type OrganizationFormProps = {
  view: OrganizationView;
  tokens: Pick<TokenWords, "many" | "remove">;
  update: Action<OrganizationSettings>;
};

/** What can be set of it, as it is. */
export const settingsOf = ({ organization }: OrganizationView): OrganizationSettings => ({
  name: organization.name,
  group_noun: organization.groupNoun,
  groups_enabled: organization.teamsEnabled,
  allowed_origins: organization.allowedOrigins,
});

/** The organization's name, its word for groups, and whether these bound what people see. */
export function OrganizationForm({ view, tokens, update }: OrganizationFormProps) {
  const router = useRouter();
  const was = settingsOf(view);
  // Only what was touched: the rest follows what the server says, also after somebody else changed it.
  const [draft, setDraft] = useState<Partial<OrganizationSettings>>({});
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const to = { ...was, ...draft };
  const words = GROUP_WORDS[to.group_noun];
  const differs = (field: keyof OrganizationSettings) => String(was[field]) !== String(to[field]);
  const changed = (Object.keys(was) as (keyof OrganizationSettings)[]).some(differs);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy || !changed) return;
    setTrouble(null);
    const input = updateOrganizationInput.safeParse({ was, to });
    if (!input.success) return setWrong(input.error.issues[0]?.message ?? null);
    setBusy(true);
    const result = await askServer(() => update(input.data));
    setBusy(false);
    if (!result.ok) {
      if ("invalid" in result) return setWrong(result.invalid.map(({ message }) => message).join(" "));
      if ("refusal" in result && result.refusal.code === "organization_changed") router.refresh();
      return setTrouble(troubleOf(result));
    }
    setDraft({});
    toast.success("Changes saved");
    router.refresh();
  }

  return (
    <Card aria-label="Organization">
      <form noValidate autoComplete="off" onSubmit={save}>
        <CardHeader title="Organization" description="Everybody in it reads these words." />
        <CardBody className="grid gap-6">
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was saved. What you entered is kept, and trying again does no harm."
          />
          <Field
            label="Name"
            error={wrong}
            required
            counter={{ length: [...to.name].length, max: 200 }}
            className="max-w-md"
          >
            {(control) => (
              <Input
                {...control}
                dir="auto"
                value={to.name}
                onChange={({ target }) => {
                  setWrong(null);
                  setDraft({ ...draft, name: target.value });
                }}
              />
            )}
          </Field>
          <FieldGroup label="Its groups are called" hint={`Stands in the navigation as ${words.title}.`}>
            <Segmented
              aria-label="Its groups are called"
              value={to.group_noun}
              onValueChange={(value) => setDraft({ ...draft, group_noun: value as GroupNoun })}
              options={GROUP_NOUNS.map((noun) => ({ value: noun, label: GROUP_WORDS[noun].title }))}
            />
          </FieldGroup>
          <FieldGroup label={`What ${words.many} do`}>
            <RadioGroup
              aria-label={`What ${words.many} do`}
              value={to.groups_enabled ? "on" : "off"}
              onValueChange={(value) => setDraft({ ...draft, groups_enabled: value === "on" })}
              options={[
                {
                  value: "on",
                  label: "Bound what members see",
                  hint: `Members who are not administrators see only the people of their own ${words.many}, here and through ${tokens.many}.`,
                },
                {
                  value: "off",
                  label: "Only sort people",
                  hint: `A ${words.one} says who belongs together and changes nothing of what anybody sees.`,
                },
              ]}
            />
          </FieldGroup>
          {to.groups_enabled !== was.groups_enabled && (
            <GroupsConsequence view={view} enabled={to.groups_enabled} groups={words} tokens={tokens} />
          )}
        </CardBody>
        <CardFooter>
          {changed && (
            <Button
              onClick={() => {
                setDraft({});
                setWrong(null);
                setTrouble(null);
              }}
            >
              Undo
            </Button>
          )}
          <Button
            type="submit"
            variant="primary"
            loading={busy}
            disabledReason={changed ? null : "Nothing is changed yet."}
          >
            Save changes
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}
