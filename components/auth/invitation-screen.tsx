"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { AuthShell } from "@/components/shell/auth-shell";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { type Action, type ActionResult, actionSentence } from "@/lib/auth/action-result";
import type { InvitationView } from "@/lib/auth/open-invitation";
import { REFUSALS } from "@/lib/refusal";
import { InvitationAnswer } from "./invitation-answer";

export type InvitationActions = {
  read: Action<InvitationView>;
  acceptAsNew: Action<{ returnTo: string }>;
  acceptAsSelf: Action<{ returnTo: string }>;
  signIn: Action<{ returnTo: string }>;
  signOut: Action<null>;
};

type InvitationScreenProps = { signedInAs: string | null; actions: InvitationActions };

/** Where the code waits while somebody signs in or reloads: this tab alone, until it is used. */
const KEPT = "latchkey:invitation";

/**
 * Opens an invitation. Its code comes after the `#` of the link and leaves the address at once, so that neither a server's
 * log nor the browser's history has it.
 */
export function InvitationScreen({ signedInAs, actions }: InvitationScreenProps) {
  const [code, setCode] = useState<string | null>(null);
  const [found, setFound] = useState<ActionResult<InvitationView> | null>(null);

  const open = useEffectEvent(async () => {
    const taken = takeCode();
    setCode(taken);
    setFound(taken ? await actions.read({ code: taken }).catch(() => UNREACHABLE) : NO_CODE);
  });
  useEffect(() => {
    void open();
    // The same page, with another link pasted into its address.
    const again = () => void open();
    window.addEventListener("hashchange", again);
    return () => window.removeEventListener("hashchange", again);
  }, []);

  if (!found || code === null) {
    if (found) return <NothingHere result={found} onRetry={null} />;
    return (
      <AuthShell title="You are invited" description="Looking at your invitation…">
        <div className="grid gap-4" aria-busy="true">
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-9 w-full" />
        </div>
      </AuthShell>
    );
  }
  if (!found.ok) return <NothingHere result={found} onRetry={"refusal" in found ? null : () => void open()} />;
  const { organization, role, invitedBy, portal } = found.value;
  return (
    <AuthShell
      title={
        <>
          Join <bdi className="[overflow-wrap:anywhere]">{organization}</bdi>
        </>
      }
      description={
        <>
          <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{invitedBy}</bdi> invites you as{" "}
          <bdi className="font-medium text-ink [overflow-wrap:anywhere]">{role}</bdi>
          {portal === "hub" ? ", in the partner hub." : "."}
        </>
      }
    >
      <InvitationAnswer
        invitation={found.value}
        code={code}
        signedInAs={signedInAs}
        actions={actions}
        onJoined={() => window.sessionStorage.removeItem(KEPT)}
      />
    </AuthShell>
  );
}

function NothingHere({ result, onRetry }: { result: ActionResult<unknown>; onRetry: (() => void) | null }) {
  return (
    <AuthShell title="This invitation cannot be opened">
      <div className="grid gap-4">
        <Notice tone="warning" live>
          {actionSentence(result) ?? REFUSALS.invitation_invalid.sentence}
        </Notice>
        {onRetry ? (
          <Button onClick={onRetry} className="w-full">
            Try again
          </Button>
        ) : (
          <Button asChild className="w-full">
            <a href="/sign-in">Go to sign in</a>
          </Button>
        )}
      </div>
    </AuthShell>
  );
}

function takeCode(): string | null {
  const given = window.location.hash.slice(1);
  if (given) {
    window.sessionStorage.setItem(KEPT, given);
    window.history.replaceState(null, "", window.location.pathname);
  }
  return given || window.sessionStorage.getItem(KEPT);
}

const NO_CODE: ActionResult<never> = {
  ok: false,
  unavailable: "The link is not whole. Copy all of it from your invitation, up to its very last letter.",
};

const UNREACHABLE: ActionResult<never> = {
  ok: false,
  unavailable: "Latchkey did not answer. Check your connection and try again.",
};
