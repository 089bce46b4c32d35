"use client";

import { useTokenWords } from "@/components/tokens/token-words-context";
import { Switch } from "@/components/ui/switch";
import type { NoticeLine } from "@/lib/notices/notice-preferences";
import { eventExplanation, eventLabel, mandatoryReason, type NoticeRule } from "@/lib/notices/notice-words";
import type { BoxName, DraftBox } from "./notice-draft";

type NoticeSettingsLineProps = {
  id: string;
  line: NoticeLine;
  boxes: Record<BoxName, DraftBox>;
  whose: "own" | "members";
  policy: NoticeRule;
  /** Who decides where nothing is chosen. */
  standardOf: string;
  onToggle: (name: BoxName) => void;
  onRestore: () => void;
};

const CHANNELS = { in_app: "in app", email: "by email" } as const;

/** An event with a switch for each way of being told of it. */
export function NoticeSettingsLine(props: NoticeSettingsLineProps) {
  const { id, line, boxes, whose, policy, standardOf, onToggle, onRestore } = props;
  const words = useTokenWords();
  const label = eventLabel(line.event, words);
  const isChosen = line.channels.some(({ channel }) => boxes[`${line.event} ${channel}`].chosen !== null);
  const locked = line.mandatory === "yes" ? mandatoryReason(whose) : null;
  return (
    <tr>
      <th scope="row" className="py-3 pr-3 pl-5 text-left align-top font-normal max-sm:pl-4">
        <span className="flex flex-wrap items-baseline gap-x-2 text-faint text-xs [overflow-wrap:anywhere]">
          <span className="font-medium text-ink text-sm">{label}</span>
          {!locked && isChosen && (
            <>
              {whose === "own" ? "Your own choice" : "Changed here"}
              <button
                type="button"
                onClick={onRestore}
                className="rounded-xs font-medium text-soft underline decoration-line-strong underline-offset-3 hover:text-ink"
              >
                Back to <bdi>{standardOf}</bdi>’s<span className="sr-only"> for {label}</span>
              </button>
            </>
          )}
        </span>
        <span id={id} className="block text-pretty text-soft text-xs">
          {eventExplanation(line.event, whose, words, policy)}
        </span>
        {locked && (
          <span id={`${id}-lock`} className="mt-1 block text-pretty text-faint text-xs">
            {locked}
          </span>
        )}
      </th>
      {line.channels.map(({ channel }) => {
        const name = `${line.event} ${channel}` as const;
        return (
          <td key={channel} className="py-3 text-center align-top last:pr-4 max-sm:last:pr-2">
            <Switch
              checked={boxes[name].enabled}
              onCheckedChange={() => onToggle(name)}
              lockedReason={locked}
              aria-label={`${label}, ${CHANNELS[channel]}`}
              aria-describedby={locked ? `${id} ${id}-lock` : id}
            />
          </td>
        );
      })}
    </tr>
  );
}
