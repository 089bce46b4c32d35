"use client";

import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { type Action, actionSentence } from "@/lib/auth/action-result";
import { signInInput } from "@/lib/auth/sign-in-input";
import { PasswordInput } from "./password-input";
import { fieldError, useSignIn } from "./use-sign-in";

type SignInFormProps = { returnTo: string; signIn: Action<{ returnTo: string }> };

export function SignInForm({ returnTo, signIn }: SignInFormProps) {
  const { submit, pending, result } = useSignIn(signIn, signInInput);
  const form = useRef<HTMLFormElement>(null);

  const locked = result?.ok === false && "refusal" in result && result.refusal.code === "too_many_attempts";
  const sentence = result && actionSentence(result);
  const errorOf = (field: "email" | "password") => fieldError(result, field);

  useEffect(() => {
    if (result && !result.ok && !("invalid" in result))
      form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
  }, [result]);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    const wrong = submit({ email: data.get("email"), password: data.get("password"), return_to: returnTo });
    if (wrong) form.current?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus();
  }

  return (
    // Before the script is there, a press must not put a password into an address: hence the method.
    <form ref={form} method="post" noValidate onSubmit={send} className="grid gap-4">
      {sentence && (
        <Notice tone={locked ? "warning" : "danger"} live>
          {sentence}
        </Notice>
      )}
      <Field label="Email" error={errorOf("email")}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        )}
      </Field>
      <Field label="Password" error={errorOf("password")}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
      </Field>
      <Button type="submit" variant="primary" loading={pending} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
