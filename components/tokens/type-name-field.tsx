"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Letters may be composed in more than one way; a name is stored in NFC. */
export const isNameTyped = (typed: string, name: string) => typed.normalize("NFC").trim() === name;

type TypeNameFieldProps = { name: string; value: string; onChange: (value: string) => void };

/** The pause before something that is in use is ended: its name, typed. */
export function TypeNameField({ name, value, onChange }: TypeNameFieldProps) {
  return (
    <div className="grid gap-2">
      <Field label="Type its name to confirm" required>
        {(control) => (
          <Input
            {...control}
            dir="auto"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-1p-ignore=""
            data-lpignore="true"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <p className="flex items-start gap-1 text-soft text-xs">
        <bdi className="max-h-20 min-w-0 overflow-y-auto whitespace-pre-wrap py-1.5 text-ink [overflow-wrap:anywhere]">
          {name}
        </bdi>
        <CopyButton value={name} what="name" />
      </p>
    </div>
  );
}
