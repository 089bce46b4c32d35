"use client";

import { BookOpen, KeyRound, Plus, UserRound } from "lucide-react";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import type { Action } from "@/lib/auth/action-result";
import { AppShell } from "./app-shell";
import type { NavSection, PaletteAction, ShellPerson } from "./navigation-definition";
import { useLeave } from "./use-leave";

type MemberShellProps = {
  organizationName: string;
  person: Omit<ShellPerson, "profileHref">;
  tokensHref: string;
  profileHref: string;
  /** Live tokens that the member sees and that expire within seven days. */
  expiring: number;
  /** The partners' own, smaller house: nothing to sort its two doors into. */
  hub?: boolean;
  signOut: Action<unknown>;
  children: ReactNode;
};

/** The shell with what a member can reach today: only doors that open. */
export function MemberShell(props: MemberShellProps) {
  const { organizationName, person, tokensHref, profileHref, expiring, hub = false, signOut, children } = props;
  const leave = useLeave(signOut);
  const createToken = useCreateToken(tokensHref);
  const attention =
    expiring > 0
      ? `${expiring.toLocaleString("en")} ${expiring === 1 ? "token expires" : "tokens expire"} within 7 days`
      : null;
  const tokens = { label: "API tokens", href: tokensHref, icon: <KeyRound />, attention };
  const profile = { label: "Profile", href: profileHref, icon: <UserRound /> };
  const sections: NavSection[] = hub
    ? [{ items: [tokens, profile] }]
    : [
        { label: "Settings", items: [tokens] },
        { label: "Account", items: [profile] },
      ];
  const actions: PaletteAction[] = [
    {
      id: "create-token",
      label: "Create API token",
      icon: <Plus />,
      keywords: ["new", "key", "secret", "credential"],
      run: createToken,
    },
    {
      id: "api-reference",
      label: "API reference",
      group: "Go to",
      icon: <BookOpen />,
      keywords: ["docs", "documentation", "help", "curl"],
      href: "/docs",
    },
  ];

  return (
    <AppShell
      organization={{ name: organizationName, href: tokensHref }}
      sections={sections}
      person={{ ...person, profileHref }}
      actions={actions}
      apiReferenceHref="/docs"
      signOut={leave}
    >
      {children}
    </AppShell>
  );
}

/** Asks the button on the page of tokens to open its dialog, from wherever one is. */
function useCreateToken(tokensHref: string) {
  const router = useRouter();
  const path = usePathname();
  const asking = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => () => clearInterval(asking.current), []);

  return () => {
    if (path !== tokensHref) router.push(tokensHref as Route);
    clearInterval(asking.current);
    let left = 100;
    // The page may still be on its way: asked again until the button says that it heard.
    asking.current = setInterval(() => {
      const heard = !window.dispatchEvent(new Event("latchkey:create-token", { cancelable: true }));
      left -= 1;
      if (heard || left === 0) clearInterval(asking.current);
    }, 50);
  };
}
