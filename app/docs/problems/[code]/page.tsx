import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Fragment } from "react";
import { CodeBlock } from "@/components/api-reference/code-block";
import { MarkedText } from "@/components/api-reference/marked-text";
import { ReferenceShell } from "@/components/api-reference/reference-shell";
import { Badge } from "@/components/ui/badge";
import { answerExample } from "@/lib/http/problem-pages/answer-example";
import { endpointsAnswering, isExplained } from "@/lib/http/problem-pages/endpoints-answering";
import { PROBLEM_PAGES, pagesByStatus } from "@/lib/http/problem-pages/problem-pages";
import { SCREENS } from "@/lib/http/problem-pages/problem-text";

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).code };
}

export default async function ProblemPage({ params }: Props) {
  const { code } = await params;
  const page = PROBLEM_PAGES.get(code);
  if (!page) notFound();
  const { status, sentence, ...text } = page;
  const screens = [
    ...new Set([...(isExplained(page) ? ["refusals" as const] : []), ...(text.screen ? [text.screen] : [])]),
  ];
  const endpoints = endpointsAnswering(page);
  const alike = pagesByStatus().find((group) => group.status === status);
  const example = answerExample(page);
  return (
    <ReferenceShell
      place="problems"
      sections={[
        { href: "/docs/problems", title: "All problems" },
        {
          title: `${status} ${alike?.reason}`,
          parts: alike?.problems.map((other) => ({
            href: `/docs/problems/${other.code}`,
            title: other.code,
            current: other.code === code,
          })),
        },
      ]}
    >
      <article className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="grid gap-8 text-pretty [&_p]:max-w-[64ch]">
          <header className="grid gap-3">
            <p className="text-soft">
              <Badge tone={status >= 500 ? "red" : "amber"} className="font-mono">
                {status}
              </Badge>{" "}
              {alike?.reason}
            </p>
            <h1 className="font-mono font-semibold text-xl [overflow-wrap:anywhere]">{code}</h1>
            <p className="text-lg">{sentence}</p>
          </header>
          <Part title="What happened">
            <p>
              <MarkedText>{text.what}</MarkedText>
            </p>
          </Part>
          <Part title="Why">
            <p>
              <MarkedText>{text.why}</MarkedText>
            </p>
          </Part>
          <Part title="How to mend it">
            <ol className="grid max-w-[64ch] list-decimal gap-2 pl-5 marker:text-faint">
              {text.mend.map((step) => (
                <li key={step} className="pl-1">
                  <MarkedText>{step}</MarkedText>
                </li>
              ))}
            </ol>
            {screens.length > 0 && (
              <p className="mt-4">
                In the console:{" "}
                {screens.map((name, at) => (
                  <Fragment key={name}>
                    {at > 0 && " · "}
                    <Link
                      href={SCREENS[name].href as Route}
                      prefetch={false}
                      className="rounded-xs underline decoration-line-strong underline-offset-3 hover:decoration-ink"
                    >
                      {SCREENS[name].label}
                    </Link>
                  </Fragment>
                ))}
              </p>
            )}
          </Part>
        </div>
        <div className="grid min-w-0 gap-8">
          <CodeBlock title="An answer" status={String(status)} code={example} />
          <Part title="Who answers so">
            {text.answeredBy && <p className="text-pretty">{text.answeredBy}</p>}
            {endpoints.length > 0 && (
              <ul className="grid gap-2">
                {endpoints.map(({ method, path, title, href }) => (
                  <li key={`${method} ${path}`}>
                    <a href={href} className="group grid rounded-xs text-sm">
                      <span className="underline decoration-line-strong underline-offset-3 group-hover:decoration-ink">
                        {title}
                      </span>
                      <code className="font-mono text-soft text-xs [overflow-wrap:anywhere]">
                        {method} {path}
                      </code>
                    </a>
                  </li>
                ))}
              </ul>
            )}
            {!text.answeredBy && endpoints.length === 0 && (
              <p className="text-pretty">The console. No endpoint of the API answers so today.</p>
            )}
          </Part>
        </div>
      </article>
    </ReferenceShell>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section>
    <h2 className="mb-2 font-semibold text-base">{title}</h2>
    {children}
  </section>
);
