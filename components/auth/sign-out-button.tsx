"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";

type SignOutButtonProps = {
  signOut: Action<null>;
  label?: string;
  /** Whoever signs in next lands on the page that is open now. */
  comesBack?: boolean;
};

export function SignOutButton({ signOut, label = "Sign out", comesBack = false }: SignOutButtonProps) {
  const [leaving, startLeaving] = useTransition();
  return (
    <Button
      variant="primary"
      className="w-full"
      loading={leaving}
      onClick={() =>
        startLeaving(async () => {
          const sentence = actionSentence(await signOut());
          if (sentence) toast.error(sentence);
          // A whole new page: nothing of the session stays in this one's memory.
          else window.location.assign(comesBack ? signInAndComeBack() : "/sign-in");
        })
      }
    >
      {label}
    </Button>
  );
}

/** The fragment goes along as one: the server never hears of it, and signing in brings it back. */
function signInAndComeBack(): string {
  const { pathname, search, hash } = window.location;
  return `/sign-in?${new URLSearchParams({ return_to: pathname + search })}${hash}`;
}
