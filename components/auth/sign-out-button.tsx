"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";

export function SignOutButton({ signOut }: { signOut: Action<null> }) {
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
          else window.location.assign("/sign-in");
        })
      }
    >
      Sign out
    </Button>
  );
}
