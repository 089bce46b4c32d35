import { FadingList } from "@/components/ui/fading-list";
import { Notice } from "@/components/ui/notice";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import type { ShutOutToken } from "@/lib/tokens/read-shut-out";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Whom new networks would refuse where they call from now. */
export function PreviewShutOut({ result: { shutOut }, words }: { result: PolicyPreview; words: TokenWords }) {
  if (!shutOut) return null;
  const { count, tokens, hidden, days } = shutOut;
  const others = count - hidden - tokens.length;
  return (
    <section aria-label="Would be refused where they are used" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Notice
        tone="warning"
        title={`${count.toLocaleString("en")} ${count === 1 ? words.one : words.many} would be refused where ${count === 1 ? "it is" : "they are"} used now`}
      >
        Judged by the calls of the last {days} days. Saving refuses them there from the next call on; add their
        addresses to the networks to keep them working.
      </Notice>
      {tokens.length > 0 && (
        <FadingList className="max-h-60 rounded-sm bg-bg">
          {tokens.map((token) => (
            <li key={token.id} className="grid grid-cols-[minmax(0,1fr)] gap-0.5 px-3 py-2 text-sm">
              <span className="flex items-baseline justify-between gap-x-4">
                <span dir="auto" className="min-w-0 truncate font-medium">
                  {token.name}
                </span>
                <code className="shrink-0 font-mono text-soft text-xs">{token.masked}</code>
              </span>
              <Why token={token} />
            </li>
          ))}
        </FadingList>
      )}
      {(others > 0 || hidden > 0) && (
        <p className="text-pretty text-soft text-sm">
          {others > 0 && `${others.toLocaleString("en")} more ${others === 1 ? words.one : words.many}. `}
          {hidden > 0 &&
            `${hidden.toLocaleString("en")} ${others > 0 || tokens.length > 0 ? "more" : hidden === 1 ? words.one : words.many}, which only their issuers see by the policy in force, are counted and not listed.`}
        </p>
      )}
    </section>
  );
}

function Why({ token: { addresses, addressCount, nowhere } }: { token: ShutOutToken }) {
  const others = addressCount - addresses.length;
  return (
    <span className="text-pretty text-soft text-xs [overflow-wrap:anywhere]">
      {addressCount > 0 && (
        <>
          Called from <span className="font-mono text-ink">{addresses.join(", ")}</span>
          {others > 0 && ` and ${others.toLocaleString("en")} more`}.{" "}
        </>
      )}
      {nowhere && "None of its own networks lies within the new ones, so it would work nowhere."}
    </span>
  );
}
