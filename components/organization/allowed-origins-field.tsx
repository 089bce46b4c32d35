"use client";

import { LinesInput } from "@/components/ui/lines-input";
import { readOriginLines } from "@/lib/organizations/allowed-origins";
import type { TokenWords } from "@/lib/tokens/token-words";

type AllowedOriginsFieldProps = {
  value: string;
  onChange: (text: string) => void;
  /** Set once somebody tried to save what is wrong: then every line is judged. */
  error?: string;
  tokens: Pick<TokenWords, "many">;
};

/** The sites whose scripts may call the API from a browser, one a line. */
export function AllowedOriginsField({ value, onChange, error, tokens }: AllowedOriginsFieldProps) {
  return (
    <div className="grid min-w-0 max-w-md gap-1.5">
      <label htmlFor="allowed-origins" className="font-medium text-sm">
        Sites that may call the API from a browser
      </label>
      <LinesInput
        id="allowed-origins"
        aria-describedby="allowed-origins-hint"
        placeholder="None"
        value={value}
        onChange={onChange}
        faults={readOriginLines(value).faults}
        error={error}
      />
      <p id="allowed-origins-hint" className="text-pretty text-soft text-xs">
        One a line, such as <span className="font-mono">https://app.example.com</span>. Browsers show scripts of these
        sites what the API answers to your {tokens.many}, and scripts of no others. Programs outside of a browser need
        no entry. It takes effect within seconds.
      </p>
    </div>
  );
}
