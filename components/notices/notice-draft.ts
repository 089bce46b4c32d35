import type { NoticeChannel, NoticeEvent } from "@/lib/notices/notice-events";
import type { NoticeChangesInput } from "@/lib/notices/notice-input";
import type { NoticeLine } from "@/lib/notices/notice-preferences";

export type BoxName = `${NoticeEvent} ${NoticeChannel}`;
/** What somebody has touched and not saved; null leaves a box to whoever decides otherwise. */
export type NoticeDraft = Partial<Record<BoxName, boolean | null>>;

export interface DraftBox {
  enabled: boolean;
  chosen: boolean | null;
}

const entriesOf = (lines: readonly NoticeLine[]) =>
  lines.flatMap(({ event, channels }) =>
    channels.map((box) => ({ name: `${event} ${box.channel}` as BoxName, event, box })),
  );

/** The boxes as the form shows them. */
export function boxesOf(lines: readonly NoticeLine[], draft: NoticeDraft): Record<BoxName, DraftBox> {
  const boxes = entriesOf(lines).map(({ name, box }) => {
    const touched = draft[name];
    const chosen = touched === undefined ? box.chosen : touched;
    // A box that nobody may switch is not what was chosen of it once.
    const enabled = touched === undefined ? box.enabled : (touched ?? box.standard);
    return [name, { enabled, chosen }] as const;
  });
  return Object.fromEntries(boxes) as Record<BoxName, DraftBox>;
}

/** What is to be saved: every box that is not as the server has it. */
export const changesOf = (lines: readonly NoticeLine[], draft: NoticeDraft): NoticeChangesInput["changes"] =>
  entriesOf(lines).flatMap(({ name, event, box }) => {
    const to = draft[name];
    return to === undefined || to === box.chosen ? [] : [{ event, channel: box.channel, was: box.chosen, to }];
  });

/** The draft after a press on a switch. Pressing it twice leaves nothing behind. */
export function toggled(lines: readonly NoticeLine[], draft: NoticeDraft, name: BoxName): NoticeDraft {
  const entry = entriesOf(lines).find((each) => each.name === name);
  if (!entry) return draft;
  const to = !boxesOf(lines, draft)[name].enabled;
  const { [name]: _, ...rest } = draft;
  const asItWas = to === entry.box.enabled;
  return asItWas ? rest : { ...rest, [name]: to };
}

/** The draft with nothing chosen for an event. */
export function restored(lines: readonly NoticeLine[], draft: NoticeDraft, event: NoticeEvent): NoticeDraft {
  const next = { ...draft };
  for (const entry of entriesOf(lines)) {
    if (entry.event !== event) continue;
    if (entry.box.chosen === null) delete next[entry.name];
    else next[entry.name] = null;
  }
  return next;
}
