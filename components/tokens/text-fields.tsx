"use client";

import { type Control, Controller, type FieldValues, type Path } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

/** A form of a token's words, whatever else it asks for. */
interface Words extends FieldValues {
  name?: string;
  description?: string | null;
}

type TextFieldProps<Values extends Words> = {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own default for a form's context
  control: Control<Values, any, any>;
  error?: string;
};

/** Keeps password managers from filling a field that is no sign-in, and from offering to keep it. */
const noPasswordManager = {
  autoComplete: "off",
  "data-1p-ignore": "",
  "data-bwignore": "",
  "data-form-type": "other",
  "data-lpignore": "true",
} as const;

export function NameField<Values extends Words>({ control, error }: TextFieldProps<Values>) {
  return (
    <Controller
      control={control}
      name={"name" as Path<Values>}
      render={({ field }) => (
        <Field
          label="Name"
          required
          hint="What uses it, or where."
          error={error}
          counter={{ length: [...String(field.value ?? "")].length, max: 200 }}
        >
          {(a11y) => <Input {...a11y} {...field} {...noPasswordManager} dir="auto" placeholder="Nightly export" />}
        </Field>
      )}
    />
  );
}

export function DescriptionField<Values extends Words>({
  control,
  error,
  required,
  hint,
}: TextFieldProps<Values> & { required: boolean; hint?: string }) {
  return (
    <Controller
      control={control}
      name={"description" as Path<Values>}
      render={({ field }) => (
        <Field
          label="Description"
          optional={!required}
          required={required}
          hint={hint}
          error={error}
          counter={{ length: [...String(field.value ?? "")].length, max: 500 }}
        >
          {(a11y) => (
            <Textarea
              {...a11y}
              {...field}
              {...noPasswordManager}
              value={field.value ?? ""}
              dir="auto"
              rows={2}
              className="min-h-15!"
            />
          )}
        </Field>
      )}
    />
  );
}
