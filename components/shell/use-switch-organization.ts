"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";

export type SwitchAction = Action<{ portal: "console" | "hub" }>;

/**
 * Goes to another organization, to a page of it where one is named, as a whole new page: nothing of the first one stays in
 * this one's memory.
 */
export function useSwitchOrganization(
  switchOrganization: SwitchAction,
): [boolean, (id: string, to?: string) => Promise<void>] {
  const [switching, setSwitching] = useState(false);
  async function go(id: string, to?: string) {
    setSwitching(true);
    const result = await switchOrganization({ organization_id: id }).catch(() => null);
    if (result?.ok) return window.location.assign(to ?? (result.value.portal === "hub" ? "/hub" : "/"));
    setSwitching(false);
    toast.error((result && actionSentence(result)) ?? "No answer from the server. Try again in a moment.");
  }
  return [switching, go];
}
