"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { counted } from "@/components/tokens/counted";
import { askServer } from "@/components/tokens/form-answer";
import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";
import type { OutboxLine } from "@/lib/mail/list-outbox";

export type SendAgain = Action<{ count: number }>;

/** Has one message tried again, or all that were given up. One at a time; `busy` says which. */
export function useSendAgain(sendAgain: SendAgain) {
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);

  async function send(which: string, input: unknown, said: (count: number) => [string, string]): Promise<boolean> {
    if (busy) return false;
    setBusy(which);
    const result = await askServer(() => sendAgain(input));
    setBusy(null);
    if (result.ok) {
      const [title, description] = said(result.value.count);
      toast.success(title, { description });
    } else if ("refusal" in result) toast.error("It does not wait to be sent again any more.");
    else if ("unanswered" in result) toast.error("No answer came. Trying again does no harm.");
    else toast.error(actionSentence(result) ?? "It was not taken.");
    router.refresh();
    return result.ok;
  }

  const soon = "With the next run, within a minute.";
  return {
    busy,
    one: ({ id, toAddress }: OutboxLine) => send(id, { id }, () => [`It is sent again to ${toAddress}`, soon]),
    all: () => send("all", { all: true }, (count) => [`${counted(count, "message")} to be sent again`, soon]),
  };
}
