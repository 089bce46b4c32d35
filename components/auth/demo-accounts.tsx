"use client";

import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { type Action, actionSentence } from "@/lib/auth/action-result";
import type { DemoAccount } from "@/lib/auth/demo-accounts";
import type { DemoOffer } from "@/lib/auth/demo-offer";
import { useSignIn } from "./use-sign-in";

type DemoAccountsProps = {
  offer: DemoOffer;
  /** Messages are kept here instead of being sent. */
  hasMailbox: boolean;
  returnTo: string;
  signIn: Action<{ returnTo: string }>;
};

/** The demo world's people, one press each. */
export function DemoAccounts({ offer, hasMailbox, returnTo, signIn }: DemoAccountsProps) {
  const { submit, pending, result } = useSignIn(signIn);
  const [chosen, setChosen] = useState<string | null>(null);
  const sentence = result && actionSentence(result);
  const groups = [
    ...offer.organizations.map(({ name, accounts }) => ({ name, accounts })),
    { name: "Latchkey", accounts: [offer.operator] },
  ];

  function choose(account: DemoAccount) {
    if (pending) return;
    setChosen(account.email);
    submit({ email: account.email, password: offer.password, return_to: returnTo });
  }

  return (
    <section aria-labelledby="demo-accounts" className="grid gap-3 text-left">
      <div className="flex items-center gap-3">
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
        <h2 id="demo-accounts" className="text-soft text-xs">
          or look around as
        </h2>
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
      </div>
      {sentence && (
        <Notice tone="danger" live>
          {sentence}
        </Notice>
      )}
      <ul className="divide-y divide-line rounded-dialog border border-line bg-panel">
        {groups.map(({ name, accounts }) => (
          <li key={name} className="px-1.5 py-1.5">
            <h3 className="px-2 pt-0.5 pb-1 font-medium text-ink text-sm">{name}</h3>
            <ul>
              {accounts.map((account) => (
                <li key={account.email}>
                  <button
                    type="button"
                    aria-busy={(pending && chosen === account.email) || undefined}
                    title={account.name}
                    onClick={() => choose(account)}
                    className="flex h-7 w-full items-center gap-2 rounded-sm px-2 text-ink text-xs transition-colors hover:bg-hover max-sm:h-10"
                  >
                    <span className="sr-only">
                      Sign in as {account.name} of {name},
                    </span>
                    {pending && chosen === account.email ? (
                      <span className="grid size-5 place-items-center">
                        <Spinner className="size-3.5" />
                      </span>
                    ) : (
                      <Avatar name={account.name} seed={account.email} size="sm" />
                    )}
                    <span className="shrink-0">{account.label}</span>
                    <span className="ml-auto truncate text-soft">{account.email}</span>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <p className="text-center text-soft text-xs">
        The password of each is <code className="select-all font-mono text-ink">{offer.password}</code>
        {hasMailbox && (
          <>
            . Their mail is in the{" "}
            <Link href={"/dev/mailbox" as Route} className="text-ink underline underline-offset-3">
              mailbox
            </Link>
            .
          </>
        )}
      </p>
    </section>
  );
}
