"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";
import { PageFocus } from "@/components/shell/page-focus";
import { PatientNavigation } from "@/components/shell/patient-navigation";
import { PersonMenu } from "@/components/shell/person-menu";
import { SkipLink } from "@/components/shell/skip-link";
import { useLeave } from "@/components/shell/use-leave";
import type { Action } from "@/lib/auth/action-result";
import { OperatorNavigation } from "./operator-navigation";

type OperatorShellProps = { person: { name: string; email: string }; signOut: Action<unknown>; children: ReactNode };

/** A bar and the page below it. */
export function OperatorShell({ person, signOut, children }: OperatorShellProps) {
  const leave = useLeave(signOut);
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <PageFocus />
      <PatientNavigation />
      <header className="sticky top-0 z-30 border-line border-b bg-bg">
        <div className="mx-auto flex h-bar w-full max-w-[1200px] items-center gap-2.5 px-8 max-sm:px-4">
          <Link href="/operator" className="flex items-center gap-2.5 rounded-sm font-semibold">
            <Mark />
            Latchkey
          </Link>
          <p className="text-soft">Operator</p>
          <OperatorNavigation className="ml-5 max-sm:hidden" />
          <div className="ml-auto">
            <PersonMenu person={person} signOut={leave} />
          </div>
        </div>
        <OperatorNavigation className="overflow-x-auto px-2 pb-1.5 sm:hidden" />
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[1200px] px-8 pb-12 outline-none max-sm:px-4">
        {children}
      </main>
    </div>
  );
}
