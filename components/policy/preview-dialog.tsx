"use client";

import { type Trouble, TroubleNotice } from "@/components/tokens/form-answer";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import { TOKEN_RIGHTS, type TokenRight } from "@/lib/tokens/token-compliance";
import type { ListedFate } from "@/lib/tokens/token-policy-input";
import type { TokenWords } from "@/lib/tokens/token-words";
import { heldTo, PreviewCalls } from "./preview-calls";
import { PreviewFates } from "./preview-fates";
import { PreviewLimits } from "./preview-limits";
import { PreviewPeople } from "./preview-people";
import { PreviewShutOut } from "./preview-shut-out";
import { PreviewUnused } from "./preview-unused";

export type ListMore = (list: { fate: ListedFate; offset: number }) => Promise<PolicyPreview | null>;

type PreviewDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  result: PolicyPreview;
  /** The organization's words of now; and those that saving brings, where they differ. */
  words: TokenWords;
  newWords: TokenWords | null;
  more: ListMore;
  save: () => void;
  saving: boolean;
  trouble: Trouble | null;
};

/** What saving does to every existing token, before it does it. */
export function PreviewDialog(props: PreviewDialogProps) {
  const { open, onOpenChange, result, words, newWords, more, save, saving, trouble } = props;
  const { total, counts, shutOut, slowed, inactivity } = result;
  const { deleted } = counts;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="lg" title="What this does to existing tokens" description={headline(result, words)}>
        <DialogBody className="gap-5!">
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether the policy was saved. Close this and reload the page: it shows the policy that is in force."
          />
          <PreviewShutOut result={result} words={words} />
          {total > 0 && <PreviewCalls slowed={slowed} words={words} />}
          {total > 0 && <PreviewUnused inactivity={inactivity} words={words} />}
          {total > 0 && !((shutOut || slowed || inactivity) && counts.stays === total) && (
            <PreviewFates result={result} words={words} more={more} />
          )}
          <PreviewLimits result={result} words={words} />
          <Gains gained={result.gained} freed={result.freed} />
          <PreviewPeople result={result} />
          {newWords && (
            <Notice title="The words change with the preset">
              {words.title !== newWords.title && `${words.title} become ${newWords.title}; `}“{words.create}” becomes “
              {newWords.create}”, and “{words.remove}” becomes “{newWords.remove}”. Everybody sees it from now on.
            </Notice>
          )}
        </DialogBody>
        <DialogFooter aside={deleted > 0 && "What is deleted cannot be brought back."}>
          <DialogClose asChild>
            <Button>Back to the rules</Button>
          </DialogClose>
          <Button variant={deleted > 0 ? "danger" : "primary"} loading={saving} onClick={save}>
            {deleted > 0 ? `Save and ${words.remove.toLowerCase()} ${deleted.toLocaleString("en")}` : "Save policy"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function headline(
  { total, counts, shutOut, slowed, inactivity }: PolicyPreview,
  { one, many, removed }: TokenWords,
): string {
  if (total === 0) return `There is no ${one} yet, so nothing is touched. The rules hold for the first.`;
  const touched = total - counts.stays;
  const all = `${total.toLocaleString("en")} ${total === 1 ? one : many}`;
  const held = slowed ? ` ${heldTo(slowed)}` : "";
  if (touched === 0 && shutOut)
    return `${all}. What ${total === 1 ? "it" : "they"} may do stays as it is; where ${total === 1 ? "it" : "they"} may be used changes.${held}`;
  if (touched === 0 && slowed) return `${all}.${held}`;
  if (touched === 0 && inactivity?.inactiveDays) {
    return `${all}. Saving ${removed === "deleted" ? "deletes" : "revokes"} none of them. Those that nobody uses are told of first.`;
  }
  if (touched === 0) return `${all}: ${total === 1 ? "it stays as it is" : "all stay as they are"}.`;
  const named = shutOut ? "deleted, or as refused where it is used" : "deleted";
  return `Of ${all}, ${touched.toLocaleString("en")} ${touched === 1 ? "is" : "are"} touched. None stops working unless it is named below as ${named}.${held}`;
}

function Gains({ gained, freed }: Pick<PolicyPreview, "gained" | "freed">) {
  const rights = Object.entries(gained) as [TokenRight, number][];
  if (rights.length === 0 && !freed) return null;
  return (
    <Notice tone="warning" title="Some tokens will be able to do more">
      {freed && <p>All may then be used from anywhere, unless they have networks of their own.</p>}
      {rights.map(([right, count]) => (
        <p key={right}>
          {count.toLocaleString("en")} may then {TOKEN_RIGHTS[right]}.
        </p>
      ))}
    </Notice>
  );
}
