import type { Route } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ExplainedRefusal } from "@/lib/refusals/explain-refusal";
import type { TokenWords } from "@/lib/tokens/token-words";
import { CheckChain } from "./check-chain";
import { CodeWords } from "./code-words";
import { RefusalFacts } from "./refusal-facts-list";
import { refusalText } from "./refusal-text";

type RefusalCardProps = { refusal: ExplainedRefusal; tokensPath: string; words: TokenWords };

const TONES = { let_in: "success", refused: "info", depends: "info" } as const;

/** One refused call: what refused it, the checks in their order, since when, what it would come to now, and what changes it. */
export function RefusalCard({ refusal, tokensPath, words }: RefusalCardProps) {
  const { call, title, reasons, chain, since, now, changes } = refusal;
  return (
    <Card aria-label={`${call.method} ${call.path}, refused`}>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-line border-b px-5 py-4 max-sm:px-4">
        <div className="grid min-w-0 flex-1 basis-72 gap-1">
          <h2 className="font-semibold text-pretty [overflow-wrap:anywhere]">
            <CodeWords>{title}</CodeWords>
          </h2>
          <p className="text-sm text-soft [overflow-wrap:anywhere]">
            <code className="font-mono text-xs">
              {call.method} {call.path}
            </code>{" "}
            was answered with {call.status}, <RelativeTime value={call.at} />.
          </p>
        </div>
        <CopyButton value={refusalText(refusal)} what="the explanation" label="Copy" variant="secondary" />
      </header>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <CheckChain chain={chain} detail={detailOf(refusal)} />
        {(reasons.length > 0 || since) && (
          <div className="grid max-w-[70ch] gap-1.5 text-pretty text-sm [overflow-wrap:anywhere]">
            {reasons.map((sentence) => (
              <p key={sentence}>
                <CodeWords>{sentence}</CodeWords>
              </p>
            ))}
            {since && (
              <p>
                <span className="text-soft">Since:</span> <CodeWords>{since.words}</CodeWords>,{" "}
                <RelativeTime value={since.at} />.
              </p>
            )}
          </div>
        )}
        <Notice tone={TONES[now.outcome]} title={<CodeWords>{now.sentence}</CodeWords>} />
        {changes.length > 0 && (
          <section aria-label="What changes it" className="grid gap-2.5">
            <h3 className="font-medium text-sm">What changes it</h3>
            <ul className="grid gap-2.5">
              {changes.map(({ sentence, link }) => (
                <li
                  key={sentence}
                  className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-pretty text-sm [overflow-wrap:anywhere]"
                >
                  <span className="min-w-0 flex-1 basis-64">
                    <CodeWords>{sentence}</CodeWords>
                  </span>
                  {link && (
                    <Button asChild size="sm">
                      {link.href.startsWith("/docs") ? (
                        <a href={link.href}>{link.label}</a>
                      ) : (
                        <Link href={link.href as Route}>{link.label}</Link>
                      )}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </CardBody>
      <RefusalFacts call={call} tokensPath={tokensPath} words={words} />
    </Card>
  );
}

/** What the check that refused was about, in a word. Permissions and fields stand in the title. */
function detailOf({ call: { code, facts } }: ExplainedRefusal): string | null {
  if (code === "address_not_allowed") return facts.address;
  if (code === "rate_limited") return facts.limit === null ? null : `${facts.limit.toLocaleString("en")}/min`;
  return null;
}
