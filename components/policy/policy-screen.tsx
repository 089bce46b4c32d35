"use client";

import { LeaveDialog } from "@/components/shell/leave-dialog";
import { useUnsaved } from "@/components/shell/use-unsaved";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { Card, CardHeader } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PolicyView } from "@/lib/tokens/get-policy";
import { TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { OtherChanges } from "./other-changes";
import type { PreviewAction, SavePolicyAction } from "./policy-actions";
import { differences, draftOf, readDraft } from "./policy-draft";
import { POLICY_SECTIONS } from "./policy-fields";
import { PolicyRule } from "./policy-rule";
import { valueWords } from "./policy-words";
import { PresetCard } from "./preset-card";
import { PreviewDialog } from "./preview-dialog";
import { UnsavedBar } from "./unsaved-bar";
import { usePolicy } from "./use-policy";

type PolicyScreenProps = {
  view: PolicyView;
  organizationName: string;
  preview: PreviewAction;
  save: SavePolicyAction;
};

/** *Token policy*: every rule with what it does, and nothing in force before its preview was seen. */
export function PolicyScreen({ view, organizationName, preview, save }: PolicyScreenProps) {
  const state = usePolicy(view, preview, save);
  const { draft, saved } = state;
  const { errors } = readDraft(draft);
  const start = draftOf({ policy: TOKEN_PRESETS[draft.preset], preset: draft.preset });
  const changed = new Set(differences(draft, draftOf(saved)));
  const differing = new Set(differences(draft, start));
  const leaving = useUnsaved({
    unsaved: changed.size > 0,
    covered: state.open,
    uncover: () => state.setOpen(false),
    discard: state.discard,
  });

  return (
    <>
      <PageHeader
        title="Token policy"
        description={
          <>
            The rules for tokens of <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi>. Before a change
            takes effect, you see what it does to every existing one.
          </>
        }
        aside={
          <p className="text-soft text-xs">
            Last changed <RelativeTime value={view.updatedAt} />
          </p>
        }
      />
      {/* What has the focus comes to stand above the bar at the bottom. */}
      <div className="mt-5 grid gap-4 [&_button]:scroll-mb-28 [&_input]:scroll-mb-28 [&_textarea]:scroll-mb-28">
        <PresetCard preset={draft.preset} saved={saved.preset} onChoose={state.choosePreset} />
        {POLICY_SECTIONS.map((section) => (
          <Card key={section.title} aria-label={section.title}>
            <CardHeader title={section.title} description={section.description} />
            <div className="divide-y divide-line">
              {section.fields
                .filter((field) => field.applies?.(draft) ?? true)
                .map((field) => (
                  <PolicyRule
                    key={field.name}
                    field={field}
                    value={draft[field.name]}
                    onChange={(value) => state.change(field.name, value)}
                    error={errors?.[field.name]}
                    address={view.address}
                    changed={changed.has(field.name)}
                    preset={differing.has(field.name) ? valueWords(field, TOKEN_PRESETS[draft.preset]) : null}
                    onReset={() => state.change(field.name, start[field.name])}
                  />
                ))}
            </div>
          </Card>
        ))}
      </div>
      {changed.size > 0 && (
        <UnsavedBar
          changes={changed.size}
          wrong={Object.keys(errors ?? {}).length}
          busy={state.busy}
          onDiscard={state.discard}
          onPreview={state.askPreview}
          notice={
            <>
              {state.overtaken && (
                <Notice tone="warning" live title="Somebody saved another policy meanwhile">
                  Your changes stand on top of theirs. Look through what is marked, then preview again.
                  <OtherChanges changes={state.theirs} />
                </Notice>
              )}
              {!state.result && (
                <TroubleNotice trouble={state.trouble} uncertain="Nothing was changed. Try again in a moment." />
              )}
            </>
          }
        />
      )}
      {state.result && (
        <PreviewDialog
          open={state.open}
          onOpenChange={state.setOpen}
          result={state.result}
          words={TOKEN_WORDS[saved.preset]}
          newWords={draft.preset === saved.preset ? null : TOKEN_WORDS[draft.preset]}
          more={state.list}
          save={state.save}
          saving={state.busy}
          trouble={state.trouble}
        />
      )}
      <LeaveDialog
        open={leaving.asking}
        changes={changed.size}
        of="the policy"
        onStay={leaving.stay}
        onLeave={leaving.leave}
      />
    </>
  );
}
