"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useId, useMemo, useState } from "react";
import { Controller, useForm, useFormState } from "react-hook-form";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import { createTokenInput } from "@/lib/tokens/token-input";
import type { EditableFields } from "@/lib/tokens/token-naming";
import { decideDescription } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { DAY } from "@/lib/tokens/token-status";
import type { TokenWords } from "@/lib/tokens/token-words";
import { networkText } from "./create-token-schema";
import { askServer, placeFailure, type Trouble, TroubleNotice } from "./form-answer";
import { CALLED_WITHIN_DAYS, readNetworkLines } from "./network-lines";
import { NetworksDisclosure } from "./networks-disclosure";
import { useReturnFocus } from "./return-focus";
import { DescriptionField, NameField } from "./text-fields";
import type { ActivityAction, UpdateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { useActivity } from "./use-activity";

type EditTokenDialogProps = {
  token: Pick<TokenRow, "id" | "name" | "description" | "allowedNetworks">;
  fields: EditableFields;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  update: UpdateAction;
  activity: ActivityAction;
};

/** Changes what a token is called, what it is described as and from where it may be used. What it may do and how long it lives stay as they are. */
export function EditTokenDialog({ open, onOpenChange, ...rest }: EditTokenDialogProps) {
  const [saving, setSaving] = useState(false);
  const focus = useReturnFocus(open);
  return (
    <Dialog open={open} onOpenChange={(next) => !saving && onOpenChange(next)}>
      <DialogContent
        title="Edit token"
        description="What it may do and how long it lives stay as they are."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <EditForm {...rest} onSaving={setSaving} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type EditFormProps = Pick<EditTokenDialogProps, "token" | "fields" | "update" | "activity"> & {
  onSaving: (saving: boolean) => void;
  onClose: () => void;
};

function EditForm({ token, fields, update, activity, onSaving, onClose }: EditFormProps) {
  const words = useTokenWords();
  const id = useId();
  const router = useRouter();
  const callers = useLateCallers(activity, token.id);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const lines = token.allowedNetworks.join("\n");
  const schema = useMemo(() => editSchema(fields, lines, words), [fields, lines, words]);
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: token.name,
      description: token.description ?? "",
      allowed_networks: lines,
    },
  });

  async function save(values: z.output<typeof schema>) {
    setTrouble(null);
    const networks =
      values.allowed_networks === lines ? token.allowedNetworks : readNetworkLines(values.allowed_networks).networks;
    const change = {
      ...(values.name === token.name ? {} : { name: values.name }),
      ...(fields.description === "hidden" || values.description === token.description
        ? {}
        : { description: values.description }),
      ...(networks.join() === token.allowedNetworks.join() ? {} : { allowed_networks: networks }),
    };
    if (Object.keys(change).length === 0) return onClose();
    onSaving(true);
    const result = await askServer(() => update({ id: token.id, change }));
    onSaving(false);
    if (!result.ok) return setTrouble(placeFailure(form, result, ["name", "description", "allowed_networks"]));
    onClose();
    toast.success("Changes saved");
    router.refresh();
  }

  const { errors, isSubmitting } = useFormState({ control: form.control });
  return (
    <form
      id={id}
      noValidate
      autoComplete="off"
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSubmitting) void form.handleSubmit(save)(event);
      }}
    >
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was saved. What you entered is kept, and trying again does no harm."
        />
        {fields.name && <NameField control={form.control} error={errors.name?.message} />}
        {fields.description !== "hidden" && (
          <DescriptionField
            control={form.control}
            required={fields.description === "required"}
            error={errors.description?.message}
          />
        )}
        <Controller
          control={form.control}
          name="allowed_networks"
          render={({ field }) => (
            <NetworksDisclosure
              value={field.value}
              onChange={field.onChange}
              error={errors.allowed_networks?.message}
              bounds={fields.policyNetworks}
              address={fields.address}
              callers={callers}
            />
          )}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={isSubmitting}>
          Save changes
        </Button>
      </DialogFooter>
    </form>
  );
}

/** From where it was called lately; nothing where that is not known. */
function useLateCallers(activity: ActivityAction, id: string): string[] {
  const found = useActivity(activity, id);
  return useMemo(() => {
    if (typeof found === "string") return [];
    const since = Date.now() - CALLED_WITHIN_DAYS * DAY;
    return [...new Set(found.callers.filter(({ lastAt }) => lastAt.getTime() >= since).map(({ ip }) => ip))];
  }, [found]);
}

function editSchema(fields: EditableFields, lines: string, words: TokenWords) {
  const { name, description } = createTokenInput.shape;
  return z.strictObject({
    name,
    description: description.superRefine((value, ctx) => {
      const refusal = fields.description === "hidden" ? null : decideDescription(fields, value);
      if (refusal) ctx.addIssue(refusalSentence(refusal, words));
    }),
    allowed_networks: networkText(fields.policyNetworks, lines),
  });
}
