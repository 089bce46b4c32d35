"use client";

import { type FormEvent, useEffect, useId } from "react";
import { Controller, type UseFormReturn, useFormState, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter, showWithWords } from "@/components/ui/dialog";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { ExpiryPick } from "@/lib/tokens/token-expiry-choices";
import { tokenNaming } from "@/lib/tokens/token-naming";
import type { CreateTokenValues } from "./create-token-schema";
import { ExpiryField } from "./expiry-field";
import { type Trouble, TroubleNotice } from "./form-answer";
import { IssuerField, rolesFor } from "./issuer-field";
import { NetworksDisclosure } from "./networks-disclosure";
import { onlyRole, RoleField } from "./role-field";
import { DescriptionField, NameField } from "./text-fields";
import { useTokenWords } from "./token-words-context";

type CreateTokenFormProps = {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own default for a form's context
  form: UseFormReturn<CreateTokenValues, any, unknown>;
  options: CreateOptions;
  expiry: ExpiryPick;
  onExpiry: (pick: ExpiryPick) => void;
  openedAt: Date;
  trouble: Trouble | null;
  submit: (event: FormEvent) => Promise<void>;
};

export function CreateTokenForm({ form, options, expiry, onExpiry, openedAt, trouble, submit }: CreateTokenFormProps) {
  const id = useId();
  const { policy } = options;
  const issuerId = useWatch({ control: form.control, name: "issuer_id" });
  const naming = tokenNaming(policy);
  const words = useTokenWords();
  const { errors, isSubmitting, submitCount } = useFormState({ control: form.control });
  useEffect(() => {
    if (submitCount > 0) showFirstWrong(document.getElementById(id));
  }, [submitCount, id]);
  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain={
            naming === "given"
              ? `It is not certain whether the token was created. Load the page again before you try again; if it is there, ${words.remove.toLowerCase()} it, since its secret never arrived.`
              : `It is not certain whether the token was created. What you entered is kept. Look for it in the list before you try again; if it is there, ${words.remove.toLowerCase()} it, since its secret never arrived.`
          }
        />
        {options.accounts.length > 0 && (
          <Controller
            control={form.control}
            name="issuer_id"
            render={({ field }) => (
              <IssuerField
                options={options}
                value={field.value}
                onValueChange={(id) => {
                  field.onChange(id);
                  const chosen = rolesFor(options, id).find((role) => role.id === form.getValues("role_id"));
                  if (chosen?.refusal) form.setValue("role_id", onlyRole(rolesFor(options, id)));
                }}
                error={errors.issuer_id?.message}
              />
            )}
          />
        )}
        {naming === "asked" && <NameField control={form.control} error={errors.name?.message} />}
        {policy.description !== "hidden" && (
          <DescriptionField
            control={form.control}
            required={policy.description === "required"}
            hint={naming === "description" ? "What uses it, or where." : undefined}
            error={errors.description?.message}
          />
        )}
        {policy.access === "assigned_role" ? (
          <Controller
            control={form.control}
            name="role_id"
            render={({ field }) => (
              <RoleField
                roles={rolesFor(options, issuerId)}
                value={field.value}
                onValueChange={field.onChange}
                tokensMayMint={policy.tokensMayMint}
                error={errors.role_id?.message}
              />
            )}
          />
        ) : (
          <div className="grid gap-0.5">
            <p className="font-medium text-sm">Permissions</p>
            <p className="text-pretty text-soft text-sm">
              {issuerId ? (
                <>
                  <span className="text-ink">The account’s.</span> It may do what the service account may do at the
                  moment of a call.
                </>
              ) : (
                <>
                  <span className="text-ink">Yours.</span> It may do what you may do at the moment of a call, and
                  nothing once you leave.
                </>
              )}
            </p>
          </div>
        )}
        <ExpiryField
          policy={policy}
          pick={expiry}
          onPick={onExpiry}
          error={errors.expires_at?.message}
          now={openedAt}
        />
        <Controller
          control={form.control}
          name="allowed_networks"
          render={({ field }) => (
            <NetworksDisclosure
              value={field.value}
              onChange={field.onChange}
              error={errors.allowed_networks?.message}
              bounds={policy.allowedNetworks}
              address={options.address}
            />
          )}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={isSubmitting}>
          {words.submit}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Goes to the first field that is wrong, with its message in sight. */
function showFirstWrong(form: HTMLElement | null) {
  const wrong = form?.querySelector("[aria-invalid=true]");
  if (!wrong) return;
  const control = wrong.matches("fieldset")
    ? (wrong.querySelector("[aria-invalid=true]") ?? wrong.querySelector("[role=radio]:not(:disabled)"))
    : wrong;
  (control as HTMLElement | null)?.focus({ preventScroll: true });
  showWithWords(wrong);
}
