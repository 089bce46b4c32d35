"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { LeaveDialog } from "@/components/shell/leave-dialog";
import { useUnsaved } from "@/components/shell/use-unsaved";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "@/components/tokens/form-answer";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import type { NoticeMatrix } from "@/lib/notices/notice-preferences";
import type { ChooseNoticesAction } from "./notice-actions";
import { type BoxName, boxesOf, changesOf, type NoticeDraft, restored, toggled } from "./notice-draft";
import { NoticeSettingsLine } from "./notice-settings-line";

type NoticeSettingsProps = {
  matrix: NoticeMatrix;
  /** Whose: the person's own, or what holds for all members who chose nothing. */
  whose: "own" | "members";
  organizationName: string;
  save: ChooseNoticesAction;
};

/** The matrix of event and way. Nothing takes effect before it is saved. */
export function NoticeSettings({ matrix: { lines, policy }, whose, organizationName, save }: NoticeSettingsProps) {
  const router = useRouter();
  const words = useTokenWords();
  const id = useId();
  // Only what was touched: the rest follows what the server says, also after somebody else changed it.
  const [draft, setDraft] = useState<NoticeDraft>({});
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const boxes = boxesOf(lines, draft);
  const changes = changesOf(lines, draft);
  const own = whose === "own";
  const leaving = useUnsaved({ unsaved: changes.length > 0, covered: false, uncover: () => {}, discard });

  function discard() {
    setDraft({});
    setTrouble(null);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || changes.length === 0) return;
    setTrouble(null);
    setBusy(true);
    const result = await askServer(() => save({ changes }));
    setBusy(false);
    if (!result.ok) {
      if ("refusal" in result && result.refusal.code === "notices_changed") router.refresh();
      return setTrouble(troubleOf(result));
    }
    setDraft({});
    toast.success("Changes saved");
    router.refresh();
  }

  return (
    <Card id="notifications" aria-label="Notifications">
      <form noValidate onSubmit={submit}>
        <CardHeader
          title={own ? "Notifications" : "What members are told"}
          description={
            own && (
              <>
                What you are told of {words.many}, here at the bell and by mail. What you don’t choose is as{" "}
                <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi> has it.
              </>
            )
          }
        />
        {trouble && (
          <CardBody className="border-line border-b">
            <TroubleNotice
              trouble={trouble}
              uncertain="It is not certain whether it was saved. What you chose is kept, and trying again does no harm."
            />
          </CardBody>
        )}
        <table className="w-full table-fixed text-sm">
          <thead>
            <tr className="border-line border-b text-left text-soft text-xs">
              <th scope="col" className="py-2 pr-3 pl-5 font-medium max-sm:pl-4">
                {words.one.charAt(0).toUpperCase() + words.one.slice(1)}
              </th>
              <th scope="col" className="w-20 py-2 text-center font-medium max-sm:w-16">
                In app
              </th>
              <th scope="col" className="w-24 py-2 pr-4 text-center font-medium max-sm:w-[4.5rem] max-sm:pr-2">
                Email
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {lines.map((line) => (
              <NoticeSettingsLine
                key={line.event}
                id={`${id}-${line.event}`}
                line={line}
                boxes={boxes}
                whose={whose}
                policy={policy}
                standardOf={own ? organizationName : "Latchkey"}
                onToggle={(name: BoxName) => setDraft(toggled(lines, draft, name))}
                onRestore={() => setDraft(restored(lines, draft, line.event))}
              />
            ))}
          </tbody>
        </table>
        <CardFooter>
          {changes.length > 0 && <Button onClick={discard}>Discard</Button>}
          <Button
            type="submit"
            variant="primary"
            loading={busy}
            disabledReason={changes.length > 0 ? null : "Nothing is changed yet."}
          >
            Save changes
          </Button>
        </CardFooter>
      </form>
      <LeaveDialog
        open={leaving.asking}
        changes={changes.length}
        of={own ? "your notifications" : "what members are told"}
        onStay={leaving.stay}
        onLeave={leaving.leave}
      />
    </Card>
  );
}
