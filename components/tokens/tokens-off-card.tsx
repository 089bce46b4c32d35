"use client";

import { PowerOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { ExactTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import type { SwitchedOff } from "@/lib/tokens/read-switched-off";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import type { RequestAccessAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

type TokensOffCardProps = {
  switchedOff: SwitchedOff;
  /** Tokens of the member's own that are stopped by it. */
  live: number;
  /** Of the organization, those that the member sees, where it sees more than its own. */
  seen?: number;
  organizationName: string;
  requestAccess: RequestAccessAction;
};

/** Where tokens are switched off: what they are, why there are none, what becomes of those there were, and whom to ask. */
export function TokensOffCard({ switchedOff, live, seen = 0, organizationName, requestAccess }: TokensOffCardProps) {
  const words = useTokenWords();
  const { reason, plan, requestedAt, othersCreate } = switchedOff;
  const stopped = stoppedTokens(live, seen);
  return (
    <Card aria-label={`${words.title} are switched off`} className="grid gap-x-10 md:grid-cols-[minmax(0,1fr)_21rem]">
      <div className="grid content-start gap-3 px-5 py-5 max-sm:px-4">
        <div className="flex items-center gap-3">
          <span className="grid size-9 shrink-0 place-items-center rounded-surface border border-line bg-bg text-soft">
            <PowerOff aria-hidden="true" strokeWidth={1.75} className="size-4" />
          </span>
          <h2 className="font-semibold text-balance">{words.title} are switched off</h2>
        </div>
        <p className="max-w-[62ch] text-pretty text-soft text-sm">
          With {words.a} {words.one}, a script, a job or an integration calls the{" "}
          <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi> API on your behalf. None can be created
          now.
          {stopped && ` ${stopped} as soon as ${words.many} are switched on.`}
        </p>
        <dl className="grid gap-x-4 gap-y-0.5 text-sm sm:gap-y-2 sm:grid-cols-[5rem_minmax(0,1fr)] ">
          {reason && (
            <>
              <dt className="text-soft">Reason</dt>
              <dd className="text-pretty [overflow-wrap:anywhere] max-sm:mb-2">
                <bdi>{reason}</bdi>
              </dd>
            </>
          )}
          <dt className="text-soft">Plan</dt>
          <dd className="text-pretty">
            {plan.name}
            <span className="text-soft">
              {plan.includesTokens ? `, which includes ${words.many}` : `, which does not include ${words.many}`}
            </span>
          </dd>
        </dl>
      </div>
      <div className="border-line px-5 py-5 max-md:border-t max-sm:px-4 md:border-l">
        {othersCreate && (
          <p className="mb-3.5 text-pretty text-sm">
            Once they are on, {othersCreate === "permitted" ? "members whose role allows it" : "administrators"} create{" "}
            {words.many} here. <span className="text-soft">You would ask them for one.</span>
          </p>
        )}
        {requestedAt ? <Requested at={requestedAt} /> : <RequestForm requestAccess={requestAccess} />}
      </div>
    </Card>
  );
}

/** The beginning of a sentence on the tokens that stand still; null where none does. */
function stoppedTokens(live: number, seen: number): string | null {
  const number = (count: number) => count.toLocaleString("en");
  if (seen > live) {
    if (seen === 1) return "One active token is refused at its next call, and works again";
    const yours = live > 0 ? `, ${number(live)} of them yours,` : "";
    return `${number(seen)} active tokens${yours} are refused at their next call, and work again`;
  }
  if (live === 0) return null;
  return live === 1
    ? "Yours is refused at its next call, and works again"
    : `Your ${number(live)} are refused at their next call, and work again`;
}

function Requested({ at }: { at: Date }) {
  return (
    <div role="status" className="grid gap-1 text-sm">
      <p className="font-medium">You asked for access</p>
      <p className="text-pretty text-soft">
        On <ExactTime value={at} className="whitespace-normal!" />. The operator sees your request and can switch{" "}
        {useTokenWords().many} on.
      </p>
    </div>
  );
}

function RequestForm({ requestAccess }: { requestAccess: RequestAccessAction }) {
  const words = useTokenWords();
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [invalid, setInvalid] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const result = await askServer(() => requestAccess({ reason }));
    setBusy(false);
    setInvalid(!result.ok && "invalid" in result ? result.invalid[0]?.message : undefined);
    if (!result.ok) setTrouble(troubleOf(result));
    // Asked now or before: the page knows when.
    if (result.ok || "refusal" in result) router.refresh();
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-3.5">
      <TroubleNotice
        trouble={trouble}
        uncertain="It is not certain whether your request arrived. Send it again: it counts once."
      />
      <Field
        label="What do you need them for?"
        optional
        hint={`Whoever hosts Latchkey can switch ${words.many} on, and reads this.`}
        error={invalid}
        counter={{ length: [...reason].length, max: 500 }}
      >
        {(control) => (
          <Textarea
            {...control}
            dir="auto"
            rows={2}
            className="min-h-15!"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" loading={busy} className="justify-self-start">
        Request access
      </Button>
    </form>
  );
}
