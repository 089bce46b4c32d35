"use client";

import { KeyRound, Laptop, Smartphone, Terminal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { DialogFooter } from "@/components/ui/dialog";
import { NearDate, RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import { type Action, type ActionResult, actionSentence } from "@/lib/auth/action-result";
import type { SessionRow } from "@/lib/auth/list-sessions";

type SessionsCardProps = {
  sessions: SessionRow[];
  endSession: Action<{ ended: number }>;
  signOutElsewhere: Action<{ ended: number }>;
  signOutEverywhere: Action<null>;
};

const icons = { desktop: Laptop, phone: Smartphone, program: Terminal };

const UNREACHABLE: ActionResult<never> = {
  ok: false,
  unavailable: "Latchkey did not answer. Check your connection and try again.",
};

export function SessionsCard({ sessions, endSession, signOutElsewhere, signOutEverywhere }: SessionsCardProps) {
  const router = useRouter();
  const words = useTokenWords();
  const [working, start] = useTransition();
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const others = sessions.filter((session) => !session.current);

  function run(what: string, action: () => Promise<ActionResult<{ ended: number }>>) {
    setBusy(what);
    start(async () => {
      const result = await action().catch(() => UNREACHABLE);
      const sentence = actionSentence(result);
      if (sentence) toast.error(sentence);
      else if (result.ok)
        toast.success(result.value.ended === 1 ? "Signed out 1 device" : `Signed out ${result.value.ended} devices`);
      router.refresh();
    });
  }

  function leave() {
    setBusy("everywhere");
    start(async () => {
      const sentence = actionSentence(await signOutEverywhere().catch(() => UNREACHABLE));
      if (sentence) toast.error(sentence);
      // A whole new page: nothing of the session stays in this one's memory.
      else window.location.assign("/sign-in");
    });
  }

  return (
    <Card aria-label="Sessions">
      <CardHeader
        title="Sessions"
        description="Browsers and programs that are signed in as you. A browser that is not used for 7 days is signed out, a program that does not come back within a day, and each after 30 days."
        action={
          <Button
            disabledReason={others.length === 0 ? "You are signed in on this device only." : null}
            loading={working && busy === "others"}
            onClick={() => run("others", signOutElsewhere)}
          >
            Sign out all others
          </Button>
        }
      />
      <ul className="divide-y divide-line">
        {sessions.map((session) => {
          const Icon = session.via === "api" ? KeyRound : icons[session.kind];
          const name = session.via === "api" ? `API login · ${session.device}` : session.device;
          return (
            <li
              key={session.id}
              className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3.5 px-5 py-3 max-sm:px-4"
            >
              <span className="col-start-1 row-span-2 row-start-1 grid size-9 place-items-center rounded-control border border-line text-soft max-sm:self-start">
                <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
              </span>
              <p className="col-start-2 row-start-1 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 font-medium text-sm">
                <span title={name} className="min-w-0 truncate">
                  {name}
                </span>
                {session.current && <Badge>This device</Badge>}
              </p>
              <p className="col-start-2 row-start-2 flex min-w-0 flex-wrap gap-x-3 text-soft text-xs max-sm:col-span-2">
                <span className="font-mono [overflow-wrap:anywhere]">{session.ip ?? "address unknown"}</span>
                <span className={classNames(!session.current && "max-sm:hidden")}>
                  signed in <RelativeTime value={session.createdAt} />
                </span>
                {!session.current && (
                  <span>
                    last seen <RelativeTime value={session.lastSeenAt} />
                  </span>
                )}
                {session.via === "api" && (
                  <>
                    <span>
                      until <NearDate value={session.expiresAt} />
                    </span>
                    <span>
                      in <bdi>{session.organization}</bdi>
                    </span>
                  </>
                )}
              </p>
              {!session.current && (
                <Button
                  size="sm"
                  variant="ghost"
                  // Beside both lines where there is room, else beside the name alone: what is told below has the width.
                  className="col-start-3 row-start-1 max-sm:-my-1 sm:row-span-2"
                  aria-label={
                    session.via === "api" ? `Sign out API login ${session.device}` : `Sign out ${session.device}`
                  }
                  loading={working && busy === session.id}
                  onClick={() => run(session.id, () => endSession({ session_id: session.id }))}
                >
                  Sign out
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <CardFooter>
        <p className="mr-auto text-soft text-xs">{words.title} stay as they are: they are not sessions.</p>
        <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      </CardFooter>
      <AlertDialog open={asking} onOpenChange={setAsking}>
        <AlertDialogContent
          title="Sign out everywhere?"
          description="Every browser and every program that is signed in as you is signed out at once, this browser included."
        >
          <DialogFooter>
            <AlertDialogCancel asChild>
              <Button>Cancel</Button>
            </AlertDialogCancel>
            <Button variant="danger" loading={working && busy === "everywhere"} onClick={leave}>
              Sign out everywhere
            </Button>
          </DialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </Card>
  );
}
