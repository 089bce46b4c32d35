import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { FieldDescription } from "@/lib/http/describe-fields";
import { CodeBlock } from "./code-block";
import { FieldList } from "./field-list";
import { Literal } from "./prose";

/** An endpoint as the page hands it over: everything in words. */
export interface DescribedEndpoint {
  id: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  permission: string | null;
  title: string;
  summary: string;
  query: FieldDescription[];
  body: FieldDescription[];
  curl: string;
  answer: { status: string; body: string };
  problems: string[];
}

const tones: Record<DescribedEndpoint["method"], BadgeProps["tone"]> = {
  GET: "blue",
  POST: "green",
  PATCH: "amber",
  DELETE: "red",
};

export function EndpointSection({ endpoint }: { endpoint: DescribedEndpoint }) {
  return (
    <section
      aria-labelledby={endpoint.id}
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-5 border-line border-t py-8 lg:grid-cols-2"
    >
      <div className="grid gap-4">
        <div className="grid gap-2">
          <h3 id={endpoint.id} className="font-semibold text-lg">
            {endpoint.title}
          </h3>
          <p className="flex flex-wrap items-baseline gap-2">
            <Badge tone={tones[endpoint.method]} className="font-medium font-mono">
              {endpoint.method}
            </Badge>
            <code className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{endpoint.path}</code>
          </p>
        </div>
        <p className="max-w-[64ch] text-pretty">{endpoint.summary}</p>
        <p className="text-soft text-sm">
          <Permission name={endpoint.permission} />
        </p>
        {endpoint.query.length > 0 && <FieldList title="Query" fields={endpoint.query} />}
        {endpoint.body.length > 0 && <FieldList title="Body" fields={endpoint.body} />}
        {endpoint.problems.length > 0 && (
          <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-soft text-sm">
            May be refused with
            {endpoint.problems.map((code) => (
              <a
                key={code}
                href={`/docs/problems/${code}`}
                className="rounded-xs py-1 font-mono text-xs underline underline-offset-3"
              >
                {code}
              </a>
            ))}
          </p>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <CodeBlock title="Request" code={endpoint.curl} copy />
        <CodeBlock title="Answer" status={endpoint.answer.status} code={endpoint.answer.body} />
      </div>
    </section>
  );
}

function Permission({ name }: { name: string | null }) {
  if (name === null) return "Needs no token.";
  if (name === "any") return "Any valid token.";
  return (
    <>
      Needs the permission <Literal>{name}</Literal>.
    </>
  );
}
