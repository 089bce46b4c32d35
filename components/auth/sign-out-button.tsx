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
          else
            window.location.assign(comesBack ? `/sign-in?${new URLSearchParams({ return_to: here() })}` : "/sign-in");
        })
      }
    >
      {label}
    </Button>
  );
}

/** With the fragment, of which the server never hears. */
function here(): string {
  const { pathname, search, hash } = window.location;
  return pathname + search + hash;
}
