import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/relative-time";
import { answeredCode } from "@/lib/refusals/refusal-answer";
import type { RefusedCall } from "@/lib/refusals/refusal-facts";
import type { TokenWords } from "@/lib/tokens/token-words";

type RefusalFactsProps = { call: RefusedCall; tokensPath: string; words: TokenWords };

/** Everything that is kept of a refused call. */
export function RefusalFacts({ call, tokensPath, words }: RefusalFactsProps) {
  const { facts, token } = call;
  const code = answeredCode(call);
  return (
    <section aria-label="What is kept of the call" className="border-line border-t px-5 py-1.5 max-sm:px-4">
      <DescriptionList>
        <DescriptionItem term="Request id">
          <span className="flex items-center gap-1">
            <code className="min-w-0 font-mono text-xs">{call.requestId}</code>
            <CopyButton value={call.requestId} what="the request id" className="-my-1" />
          </span>
        </DescriptionItem>
        <DescriptionItem term="Time">
          <ExactTime value={call.at} />
        </DescriptionItem>
        <DescriptionItem term={token ? words.one.replace(/^./, (letter) => letter.toUpperCase()) : "Credential"}>
          {token ? (
            <Link
              href={`${tokensPath}/${token.id}` as Route}
              className="underline decoration-line-strong underline-offset-3"
            >
              <bdi>{token.name}</bdi>
            </Link>
          ) : (
            "Your own API login"
          )}
        </DescriptionItem>
        <DescriptionItem term="Answered by">{call.server === "gate" ? "The gate" : "The API"}</DescriptionItem>
        <DescriptionItem term="Answer">
          {call.status}{" "}
          <Link
            href={`/docs/problems/${code}` as Route}
            className="underline decoration-line-strong underline-offset-3"
          >
            <code className="font-mono text-xs">{code}</code>
          </Link>
        </DescriptionItem>
        <DescriptionItem term="From">
          {call.ip === null ? "not known" : <code className="font-mono text-xs">{call.ip}</code>}
          {call.agent && <bdi className="block text-soft text-xs">{call.agent}</bdi>}
        </DescriptionItem>
        {facts.needed.length > facts.missing.length && <Names term="Permissions needed" names={facts.needed} />}
        <Names term="Scope of the access token" names={facts.access?.scope ?? []} />
        <Names term="Networks of the policy" names={facts.policy} />
        <Names term="Networks of its own" names={facts.token} />
        <Names term="Fields" names={facts.fields} />
        {facts.skipped > 0 && (
          <DescriptionItem term="In the same minute">
            {facts.skipped.toLocaleString("en")} further refused {facts.skipped === 1 ? "call" : "calls"}, of which
            nothing else is kept
          </DescriptionItem>
        )}
      </DescriptionList>
    </section>
  );
}

function Names({ term, names }: { term: ReactNode; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <DescriptionItem term={term}>
      <code className="font-mono text-xs">{names.join(", ")}</code>
    </DescriptionItem>
  );
}
