"use client";

import { CheckboxField } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import type { RolesView } from "@/lib/roles/view-roles";

type PermissionPickerProps = {
  view: Pick<RolesView, "catalogue" | "yours">;
  value: ReadonlySet<string>;
  onChange: (value: ReadonlySet<string>) => void;
  error?: string;
};

/** Every permission there is. What one does not hold oneself stays in sight and says so. */
export function PermissionPicker({ view, value, onChange, error }: PermissionPickerProps) {
  const yours = new Set(view.yours);
  const toggle = (name: string, on: boolean) => {
    const next = new Set(value);
    if (on) next.add(name);
    else next.delete(name);
    onChange(next);
  };
  return (
    <div className="grid gap-4">
      <div className="flex items-baseline justify-between gap-4">
        <p className="font-medium text-sm">Permissions</p>
        <p role="status" className="text-soft text-xs">
          {value.size} chosen
        </p>
      </div>
      {error && <FieldError>{error}</FieldError>}
      {view.catalogue.map((part) => (
        <fieldset key={part.resource} className="grid gap-2.5 rounded-control border border-line px-3.5 pt-2.5 pb-3.5">
          <legend className={classNames("px-1 text-soft text-xs", !part.own && "first-letter:uppercase")}>
            {part.resource}
            {part.own && " · your own"}
          </legend>
          <div className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2">
            {part.permissions.map(({ name, sentence }) => (
              <CheckboxField
                key={name}
                label={<span className="text-pretty text-sm [overflow-wrap:anywhere]">{sentence}</span>}
                hint={
                  <>
                    <code className="font-mono">{name}</code>
                    {!yours.has(name) && <span> · you do not hold it</span>}
                  </>
                }
                checked={value.has(name)}
                disabled={!yours.has(name)}
                onCheckedChange={(on) => toggle(name, on === true)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
