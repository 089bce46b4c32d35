"use client";

import { presetChoices } from "@/components/auth/preset-choices";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Preset } from "@/lib/tokens/token-presets";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";

type PresetCardProps = {
  preset: Preset;
  /** The one whose words the organization uses until this is saved. */
  saved: Preset;
  onChoose: (preset: Preset) => void;
};

/** Where the rules start from: choosing one sets them, and the words with them; how tokens are used is not a preset's to say. */
export function PresetCard({ preset, saved, onChoose }: PresetCardProps) {
  const { title, create, remove } = TOKEN_WORDS[preset];
  return (
    <Card aria-label="Preset">
      <CardHeader
        title="Start from a preset"
        description="It sets every rule below but those under Use, and each can be changed on its own afterwards. Nothing happens before you save."
      />
      <CardBody className="grid gap-3">
        <RadioGroup
          aria-label="Preset"
          hints="wide"
          options={presetChoices}
          value={preset}
          onValueChange={(value) => onChoose(value as Preset)}
        />
        <p className="text-pretty text-soft text-sm" aria-live="polite">
          {preset === saved
            ? "It also chooses the words on screen: "
            : "Saving also changes the words on screen, for everybody: "}
          <span className="text-ink">{title}</span>, <span className="text-ink">{create}</span>,{" "}
          <span className="text-ink">{remove}</span>.
        </p>
      </CardBody>
    </Card>
  );
}
