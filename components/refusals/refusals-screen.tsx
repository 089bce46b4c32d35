import { SearchX } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { RefusalsView } from "@/lib/refusals/view-refusals";
import type { TokenWords } from "@/lib/tokens/token-words";
import { RefusalCard } from "./refusal-card";
import { RequestIdForm } from "./request-id-form";

type RefusalsScreenProps = {
  view: RefusalsView;
  /** The path of this very page. */
  path: string;
  /** What this page hangs below, and the path that a token's own page is one step below. */
  back: { href: string; label: string };
  tokensPath: string;
  words: TokenWords;
};

/** *Explain a refused call*: a field for a request id, and below it what refused that call. */
export function RefusalsScreen({ view, path, back, tokensPath, words }: RefusalsScreenProps) {
  return (
    <>
      <PageHeader
        title="Explain a refused call"
        description="Latchkey keeps the calls that it refused for seven days. Give the id of a request to see which check said no, since when, and where that is changed."
        back={back}
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-4">
        <RequestIdForm
          key={view.state === "empty" ? "" : view.asked}
          path={path}
          asked={view.state === "empty" ? "" : view.asked}
          malformed={view.state === "malformed"}
        />
        {view.state === "found" && (
          <>
            {view.refusals.length > 1 && (
              <p className="text-sm text-soft">
                {view.refusals.length} refused calls have this id, the latest first: callers may name several requests
                alike.
              </p>
            )}
            {view.refusals.map((refusal) => (
              <RefusalCard key={refusal.call.id} refusal={refusal} tokensPath={tokensPath} words={words} />
            ))}
          </>
        )}
        {view.state === "unknown" && <NothingKept asked={view.asked} words={words} />}
        {(view.state === "empty" || view.state === "malformed") && <WhereToFind />}
      </div>
    </>
  );
}

/** Every reason for which nothing is found, since which of them it is may not be told. */
function NothingKept({ asked, words }: { asked: string; words: TokenWords }) {
  return (
    <Card aria-label="Nothing found">
      <EmptyState
        icon={SearchX}
        title="No refused call of yours has this id"
        description={
          <>
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{asked}</code>
            <ul className="mt-3 grid list-disc gap-1.5 pl-4 text-left">
              <li>
                A call that was let in, or that failed on our side, is not kept here, nor is one of an address or a
                method that the API does not have.
              </li>
              <li>
                Nothing is kept of a call whose secret was wrong or unknown, or that came without {words.a} {words.one}:
                nobody can tell whose it was.
              </li>
              <li>
                The same holds for an access token whose signing key was retired, and for one that was made for another
                API than the one it was sent to.
              </li>
              <li>After seven days it is gone; of many refused calls within a minute some are kept.</li>
              <li>
                It may have been made with {words.a} {words.one} that you do not see.
              </li>
              <li>A call of this very moment appears within a second or two. Load the page again.</li>
            </ul>
          </>
        }
      />
    </Card>
  );
}

const EXAMPLE = `HTTP/1.1 403 Forbidden
X-Request-Id: 6f1c1b1e-2f3a-4c57-9d3e-0a4b8c1d2e3f
Content-Type: application/problem+json

{
  "title": "The token may not do this.",
  "code": "insufficient_scope",
  "request_id": "6f1c1b1e-2f3a-4c57-9d3e-0a4b8c1d2e3f"
}`;

function WhereToFind() {
  return (
    <Card aria-label="Where to find the request id">
      <CardHeader
        title="Where to find it"
        description="Every answer of the API and of the gate names its request: in the header X-Request-Id, and as request_id in what a refusal says."
      />
      <CardBody>
        <section
          aria-label="An answer with its request id"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-[10px] bg-hover px-3 py-3"
        >
          <pre className="font-mono text-xs leading-5 max-sm:whitespace-pre-wrap max-sm:[overflow-wrap:anywhere]">
            {EXAMPLE}
          </pre>
        </section>
      </CardBody>
    </Card>
  );
}
