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
    <Field
      label={
        <span className="font-normal text-pretty">
          Type <bdi className="font-semibold whitespace-pre-wrap [overflow-wrap:anywhere]">{name}</bdi> to confirm
        </span>
      }
      required
    >
      {(control) => (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
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
          <CopyButton value={name} what="name" variant="secondary" size="icon" />
        </div>
      )}
    </Field>
  );
}
