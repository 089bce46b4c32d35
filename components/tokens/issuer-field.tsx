"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import { decideAccountRole } from "@/lib/tokens/token-policy";
import type { TokenWords } from "@/lib/tokens/token-words";
import { useTokenWords } from "./token-words-context";

type IssuerFieldProps = {
  options: CreateOptions;
  value: string | null | undefined;
  /** Null for oneself. */
  onValueChange: (id: string | null) => void;
  error?: string;
};

const SELF = "self";

/** Whose the token is: one's own, or a service account's that one answers for. */
export function IssuerField({ options, value, onValueChange, error }: IssuerFieldProps) {
  const words = useTokenWords();
  const own = options.refusal && refusalSentence(options.refusal, words);
  return (
    <Field
      label="Issued for"
      hint={
        value
          ? "It is the service account’s: it never allows more than the account may do, and stays when you leave."
          : undefined
      }
      error={error}
    >
      {(control) => (
        <Select
          {...control}
          value={value ?? SELF}
          onValueChange={(id) => onValueChange(id === SELF ? null : id)}
          options={[
            { value: SELF, label: "Yourself", disabledReason: own },
            ...options.accounts.map(({ id, name, role, refusal }) => ({
              value: id,
              label: name,
              detail: `Service account, ${role}`,
              disabledReason: refusal && whyClosed(refusal, words),
            })),
          ]}
        />
      )}
    </Field>
  );
}

/** Whom the dialog starts with: oneself, or the first account where one's own limit is reached. */
export const firstIssuer = ({ refusal, accounts }: CreateOptions): string | null =>
  refusal ? (accounts.find((account) => !account.refusal)?.id ?? null) : null;

/** The roles as they are open for a token of that account; of oneself where there is none. */
export function rolesFor(
  { roles, accounts }: CreateOptions,
  issuerId: string | null | undefined,
): CreateOptions["roles"] {
  const account = accounts.find(({ id }) => id === issuerId);
  return account
    ? roles.map((role) => ({ ...role, refusal: role.refusal ?? decideAccountRole(account, role) }))
    : roles;
}

/** Why no token can be created for an account now. */
export function whyClosed({ code }: Refusal, words: TokenWords): string {
  if (code === "role_exceeds_yours") return "It may do more than you";
  return code === "issuer_limit_reached" ? "It has as many tokens as it may have" : refusalSentence({ code }, words);
}
