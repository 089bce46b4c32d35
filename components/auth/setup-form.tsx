"use client";

import { type FormEvent, useRef, useState } from "react";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { Field, FieldGroup } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Action, actionSentence } from "@/lib/auth/action-result";
import { setupInput } from "@/lib/auth/setup-input";
import { NewPasswordField } from "./new-password-field";
import { presetChoices } from "./preset-choices";
import { fieldError, useSignIn } from "./use-sign-in";

type FieldName = keyof z.input<typeof setupInput>;

export function SetupForm({ setUp }: { setUp: Action<{ returnTo: string }> }) {
  const { submit, pending, result } = useSignIn(setUp, setupInput);
  const [values, setValues] = useState<Record<FieldName, string>>({
    code: "",
    organization: "",
    name: "",
    email: "",
    password: "",
    preset: "role_scoped",
  });
  const form = useRef<HTMLFormElement>(null);

  const beside = result?.ok === false && "refusal" in result && result.refusal.field !== undefined;
  const sentence = result && !beside && actionSentence(result);
  const errorOf = (field: FieldName) => fieldError(result, field);
  const text = (field: FieldName) => ({
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  });

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const wrong = submit(values);
    if (wrong) form.current?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus();
  }

  return (
    // Before the script is there, a press must not put a password into an address: hence the method.
    <form ref={form} method="post" noValidate onSubmit={send} className="grid gap-5">
      {sentence && (
        <Notice tone="danger" live>
          {sentence}
        </Notice>
      )}
      <Field
        label="Setup code"
        hint="The start of Latchkey printed it, so that nobody else can do this first."
        error={errorOf("code")}
      >
        {(control) => (
          <Input
            {...control}
            {...text("code")}
            mono
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="7Q4K-M9TX-2HDW"
          />
        )}
      </Field>
      <Field label="Organization" error={errorOf("organization")}>
        {(control) => <Input {...control} {...text("organization")} autoComplete="organization" />}
      </Field>
      <FieldGroup label="How will tokens be used?" hint="A start, not a fence: each rule can be changed later.">
        <RadioGroup
          name="preset"
          aria-label="How will tokens be used?"
          options={presetChoices}
          value={values.preset}
          onValueChange={(preset) => setValues({ ...values, preset })}
        />
      </FieldGroup>
      <hr className="border-line" />
      <Field label="Your name" error={errorOf("name")}>
        {(control) => <Input {...control} {...text("name")} autoComplete="name" />}
      </Field>
      <Field label="Your email" hint="You sign in with it." error={errorOf("email")}>
        {(control) => (
          <Input
            {...control}
            {...text("email")}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <NewPasswordField
        {...text("password")}
        about={[...values.email.split(/[@.]/), ...values.name.split(/\s+/), values.organization]}
        error={errorOf("password")}
      />
      <Button type="submit" variant="primary" loading={pending} className="w-full">
        Set up Latchkey
      </Button>
    </form>
  );
}
