"use client";

import { Check } from "lucide-react";
import { Field } from "@/components/ui/field";
import { PASSWORD_SHORTEST, passwordProblem } from "@/lib/auth/password-rule";
import { PasswordInput } from "./password-input";

type NewPasswordFieldProps = {
  name: string;
  value: string;
  onChange: (event: { target: { value: string } }) => void;
  /** Words that are easy to guess for this person. */
  about: readonly string[];
  error?: string;
};

/** A password to be, with what it still lacks said while it is typed. */
export function NewPasswordField({ about, error, ...input }: NewPasswordFieldProps) {
  const length = [...input.value].length;
  const problem = passwordProblem(input.value, about);
  const good = problem === null;
  const share = good ? 100 : Math.min(90, (length / PASSWORD_SHORTEST) * 90);
  return (
    <div className="grid gap-2">
      <Field
        label="Password"
        error={error ? (problem ?? undefined) : undefined}
        hint={
          length === 0
            ? `At least ${PASSWORD_SHORTEST} characters. A few words make a good one.`
            : !error && !good
              ? problem
              : undefined
        }
      >
        {(control) => <PasswordInput {...control} {...input} autoComplete="new-password" />}
      </Field>
      {length > 0 && (
        <svg
          aria-hidden="true"
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          className="block h-1 w-full overflow-hidden rounded-full"
        >
          <rect width="100" height="4" className="fill-line" />
          <rect width={share} height="4" className={good ? "fill-green" : "fill-brass"} />
        </svg>
      )}
      {good && (
        <p role="status" className="flex items-center gap-1.5 text-green-ink text-xs">
          <Check aria-hidden="true" className="size-3.5" />
          Good. Keep it in a password manager.
        </p>
      )}
    </div>
  );
}
