"use client";

import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";

/** Signs out and goes to the sign-in page as a whole new page: nothing of the session stays in this one's memory. */
export function useLeave(signOut: Action<unknown>): () => Promise<void> {
  return async () => {
    const sentence = actionSentence(await signOut({}));
    if (sentence) toast.error(sentence);
    else window.location.assign("/sign-in");
  };
}
