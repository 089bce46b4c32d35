"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { FadingList } from "@/components/ui/fading-list";
import { Spinner } from "@/components/ui/spinner";
import type { PreviewedToken } from "@/lib/tokens/preview-policy";
import { OUTSIDE_REASONS, TOKEN_RIGHTS } from "@/lib/tokens/token-compliance";
import type { ListedFate } from "@/lib/tokens/token-policy-input";
import type { ListMore } from "./preview-dialog";
import { PreviewLine } from "./preview-line";

/** The tokens of one fate, fifty at a time. */
export function PreviewList({ fate, more }: { fate: ListedFate; more: ListMore }) {
  const [rows, setRows] = useState<PreviewedToken[]>([]);
  const [hidden, setHidden] = useState(0);
  const [next, setNext] = useState<number | null>(0);
  const [state, setState] = useState<"asking" | "there" | "failed">("asking");

  async function load(offset: number) {
    setState("asking");
    const list = (await more({ fate, offset }))?.list;
    if (!list) return setState("failed");
    setRows((known) => [...known.filter(({ id }) => !list.rows.some((row) => row.id === id)), ...list.rows]);
    setHidden(list.hidden);
    setNext(list.nextOffset);
    setState("there");
  }
  const start = useEffectEvent(() => void load(0));
  useEffect(() => start(), []);

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 pl-4.5">
      {rows.length > 0 && (
        <FadingList className="max-h-80 rounded-sm bg-bg">
          {rows.map(({ id, name, masked, issuedBy, reasons, lost }) => (
            <PreviewLine key={id} name={name} masked={masked}>
              <bdi>{issuedBy.name}</bdi>
              {lost.map((right) => ` · may no longer ${TOKEN_RIGHTS[right]}`)}
              {reasons.map((reason) => ` · ${OUTSIDE_REASONS[reason]}`)}
            </PreviewLine>
          ))}
        </FadingList>
      )}
      {state === "asking" && (
        <p className="flex items-center gap-2 text-soft text-sm" role="status">
          <Spinner /> Looking through the tokens…
        </p>
      )}
      {state === "failed" && (
        <p className="text-soft text-sm" role="alert">
          The list did not arrive.{" "}
          <button type="button" className="underline underline-offset-3" onClick={() => void load(next ?? 0)}>
            Try again
          </button>
        </p>
      )}
      {state === "there" && hidden > 0 && (
        <p className="text-pretty text-soft text-sm">
          {hidden.toLocaleString("en")} more, which only their issuers see by the policy in force: they are counted here
          and not listed.
        </p>
      )}
      {state === "there" && next !== null && (
        <Button size="sm" className="justify-self-start" onClick={() => void load(next)}>
          Show more
        </Button>
      )}
    </div>
  );
}
