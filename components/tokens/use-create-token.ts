"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useZone } from "@/components/ui/relative-time";
import type { CreateOptions } from "@/lib/tokens/create-options";
import { expiryInstant, usualExpiry } from "@/lib/tokens/token-expiry-choices";
import { tokenNaming } from "@/lib/tokens/token-naming";
import type { TokenRow } from "@/lib/tokens/token-row";
import { type CreateTokenValues, createTokenSchema } from "./create-token-schema";
import { askServer, placeFailure, type Trouble } from "./form-answer";
import { firstIssuer, rolesFor } from "./issuer-field";
import { readNetworkLines } from "./network-lines";
import { onlyRole } from "./role-field";
import type { CreateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

const FIELDS = ["issuer_id", "name", "description", "role_id", "expires_at", "allowed_networks"] as const;

const asksExpiry = ({ expiry }: CreateOptions["policy"]) => expiry === "optional" || expiry === "required";

/** Whether the policy says all of a token, and whose it is: then there is no form to fill in. */
export const asksNothing = ({ policy, accounts }: CreateOptions) =>
  accounts.length === 0 &&
  tokenNaming(policy) === "given" &&
  policy.description === "hidden" &&
  policy.access === "issuer" &&
  !asksExpiry(policy);

/** The draft of a token, which outlives the dialog while it is closed, and the way of it to the server. */
export function useCreateToken(
  options: CreateOptions,
  create: CreateAction,
  onCreated: (created: { token: TokenRow; secret: string }) => void,
  accountId?: string,
) {
  const { policy } = options;
  const words = useTokenWords();
  const zone = useZone();
  const [expiry, setExpiry] = useState(() => usualExpiry(policy, new Date()));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const busy = useRef(false);
  const schema = useMemo(() => createTokenSchema(policy, words), [policy, words]);
  const form = useForm<CreateTokenValues, unknown, unknown>({
    resolver: zodResolver(schema),
    defaultValues: {
      name: "",
      description: "",
      role_id: onlyRole(rolesFor(options, accountId)),
      issuer_id: accountId ?? firstIssuer(options),
      allowed_networks: "",
    },
  });

  async function send() {
    setTrouble(null);
    const { name, description, role_id, expires_at, issuer_id, allowed_networks } = form.getValues();
    const { networks } = readNetworkLines(allowed_networks);
    const result = await askServer(() =>
      create({
        ...(tokenNaming(policy) === "asked" ? { name } : {}),
        ...(policy.description === "hidden" ? {} : { description }),
        ...(policy.access === "assigned_role" ? { role_id } : {}),
        expires_at,
        ...(issuer_id ? { issuer_id } : {}),
        ...(networks.length > 0 ? { allowed_networks: networks } : {}),
      }),
    );
    if (!result.ok) {
      setTrouble(placeFailure(form, result, FIELDS));
      return;
    }
    onCreated(result.value);
    form.reset();
    setExpiry(usualExpiry(policy, new Date()));
  }

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    // One at a time: a double click, or Enter held down, makes one token.
    if (busy.current) return;
    busy.current = true;
    if (asksExpiry(policy)) {
      const instant = expiryInstant(expiry, policy, new Date(), zone);
      // With a space before it, no text passes for an instant.
      form.setValue("expires_at", instant === undefined ? ` ${expiry.typed ?? ""}` : (instant?.toISOString() ?? null));
    }
    await form
      .handleSubmit(send)(event)
      .finally(() => {
        busy.current = false;
      });
  }

  /** What was entered stays; what was wrong with it when it was sent does not. */
  function reopen() {
    form.clearErrors();
    setTrouble(null);
  }

  return { form, expiry, setExpiry, trouble, reopen, submit, isSending: () => busy.current };
}
