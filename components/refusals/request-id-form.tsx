"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type RequestIdFormProps = {
  path: string;
  asked: string;
  /** Whether what was asked for cannot be a request id. */
  malformed: boolean;
};

/** Asks for a request by its id. A plain form, so that it works before any script has loaded. */
export function RequestIdForm({ path, asked, malformed }: RequestIdFormProps) {
  const router = useRouter();
  const [typed, setTyped] = useState(asked);
  const [missing, setMissing] = useState(false);
  const [asking, start] = useTransition();

  function ask(event: FormEvent) {
    event.preventDefault();
    const id = typed.trim();
    setMissing(id === "");
    if (id === "") return;
    start(() => {
      const target = `${path}?${new URLSearchParams({ request: id })}` as Route;
      if (id === asked) router.refresh();
      else router.push(target);
    });
  }

  return (
    <form action={path} method="get" onSubmit={ask} noValidate className="flex items-start gap-2 max-sm:flex-col">
      <Field
        label="Request id"
        className="w-full max-w-xl"
        error={
          missing
            ? "Paste the id of a request."
            : malformed && typed === asked
              ? "This is no request id. It has 8 to 64 letters, digits, hyphens and underscores."
              : undefined
        }
        hint="As the answer names it, in X-Request-Id or as request_id."
      >
        {(control) => (
          <Input
            {...control}
            mono
            name="request"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setMissing(false);
            }}
            placeholder="6f1c1b1e-2f3a-4c57-9d3e-0a4b8c1d2e3f"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      {/* Level with the field, below whose label it stands: what is wrong with the field comes right under that. */}
      <Button type="submit" variant="primary" loading={asking} className="max-sm:w-full sm:mt-6">
        Explain
      </Button>
    </form>
  );
}
