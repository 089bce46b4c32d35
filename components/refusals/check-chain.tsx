import { Check, Minus, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { ChainLink } from "@/lib/refusals/refusal-verdict";

const STATES = {
  passed: { icon: Check, said: "passed", look: "border-line", mark: "text-green-ink" },
  failed: {
    icon: X,
    said: "refused the call",
    look: "border-transparent bg-red-wash font-medium",
    mark: "text-red-ink",
  },
  not_reached: { icon: Minus, said: "not reached", look: "border-line border-dashed text-soft", mark: "text-soft" },
} as const;

/** The checks of a call in their order, up to the one that refused it; behind that, none was asked. */
export function CheckChain({ chain, detail }: { chain: readonly ChainLink[]; detail: string | null }) {
  return (
    <ol aria-label="Checks of the call, in order" className="flex flex-wrap gap-1.5">
      {chain.map(({ check, label, state }) => {
        const { icon: Icon, said, look, mark } = STATES[state];
        return (
          <li
            key={check}
            aria-current={state === "failed" ? "step" : undefined}
            className={classNames(
              "inline-flex min-w-0 items-center gap-1.5 rounded-control border px-2 py-1 text-sm [overflow-wrap:anywhere]",
              look,
            )}
          >
            <Icon aria-hidden="true" className={classNames("size-3.5 shrink-0", mark)} />
            <span className="min-w-0">
              {label}
              {state === "failed" && detail && <code className="ml-1.5 font-mono text-xs">{detail}</code>}
              <span className="sr-only">: {said}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
