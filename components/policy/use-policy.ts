"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { askServer, type Trouble, troubleOf } from "@/components/tokens/form-answer";
import { toast } from "@/components/ui/toast";
import type { PolicyView } from "@/lib/tokens/get-policy";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { ListedFate } from "@/lib/tokens/token-policy-input";
import type { Preset } from "@/lib/tokens/token-presets";
import type { PreviewAction, SavePolicyAction } from "./policy-actions";
import { draftOf, type PolicyDraft, type PresetPolicy, readDraft, rebased, withPreset } from "./policy-draft";
import { changesInWords, type WordedChange } from "./policy-words";

type Saved = PresetPolicy & { version: number };

/** The draft of a policy on its way: changed, previewed, saved, and kept when somebody else was faster. */
export function usePolicy(view: PolicyView, preview: PreviewAction, update: SavePolicyAction) {
  const router = useRouter();
  const [saved, setSaved] = useState<Saved>(view);
  const [draft, setDraft] = useState(() => draftOf(view));
  const [result, setResult] = useState<PolicyPreview | null>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  // What somebody else saved while this was being changed.
  const [theirs, setTheirs] = useState<WordedChange[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  // The page was read again, and the policy has moved on.
  if (view.version > saved.version) {
    setTheirs(changesInWords(saved, view));
    setSaved(view);
    setDraft(rebased(draft, draftOf(saved), draftOf(view)));
  }

  /** Nothing is lost: the person's own changes go on top of what was saved meanwhile. */
  function meetOther() {
    setOpen(false);
    setTheirs([]);
    setOvertaken(true);
    router.refresh();
  }

  async function ask(list: { fate: ListedFate; offset: number } | null) {
    const { policy } = readDraft(draft);
    if (!policy) return null;
    const answer = await askServer(() => preview({ policy, list }));
    if (answer.ok) return answer.value;
    setTrouble(troubleOf(answer) ?? { kind: "refused", sentence: "This policy cannot be previewed as it is." });
    return null;
  }

  async function askPreview() {
    setBusy(true);
    setTrouble(null);
    setResult(null);
    const found = await ask(null);
    setBusy(false);
    if (!found) return;
    if (found.version !== saved.version) return meetOther();
    setOvertaken(false);
    setResult(found);
    setOpen(true);
  }

  async function save() {
    const { policy } = readDraft(draft);
    if (!policy || busy) return;
    setBusy(true);
    setTrouble(null);
    const { preset } = draft;
    const answer = await askServer(() => update({ policy, preset, version: saved.version }));
    setBusy(false);
    if (!answer.ok) {
      if ("refusal" in answer && answer.refusal.code === "policy_changed") return meetOther();
      return setTrouble(troubleOf(answer) ?? { kind: "refused", sentence: "This policy cannot be saved as it is." });
    }
    const { version, deleted } = answer.value;
    setSaved({ policy, preset, version });
    setDraft(draftOf({ policy, preset }));
    setOpen(false);
    toast.success("Policy saved", {
      description:
        deleted > 0
          ? `${deleted.toLocaleString("en")} expired ${deleted === 1 ? "token was" : "tokens were"} deleted.`
          : undefined,
    });
    router.refresh();
  }

  return {
    saved,
    draft,
    result,
    open,
    setOpen: (next: boolean) => !busy && setOpen(next),
    busy,
    overtaken,
    theirs,
    trouble,
    change: (name: keyof TokenPolicy, value: PolicyDraft[keyof PolicyDraft]) => setDraft({ ...draft, [name]: value }),
    choosePreset: (preset: Preset) => setDraft(withPreset(draft, preset)),
    discard() {
      setDraft(draftOf(saved));
      setOvertaken(false);
      setTrouble(null);
    },
    askPreview,
    list: ask,
    save,
  };
}
