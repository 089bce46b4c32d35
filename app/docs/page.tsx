import type { Metadata } from "next";
import { CodeBlock } from "@/components/api-reference/code-block";
import { EndpointSection } from "@/components/api-reference/endpoint-section";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { ReferenceShell } from "@/components/api-reference/reference-shell";
import { env } from "@/lib/env";
import { problemType } from "@/lib/http/answer";
import { listOf, problemExample, tokenExample } from "@/lib/http/api-examples";
import { API_REFERENCE } from "@/lib/http/api-reference";
import { describeEndpoint } from "./described-reference";

export const metadata: Metadata = { title: "API reference" };

const idOf = (title: string) => title.toLowerCase().replaceAll(" ", "-");

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

export default function ReferencePage() {
  const origin = env().PUBLIC_URL;
  const groups = API_REFERENCE.map((group) => ({
    ...group,
    id: idOf(group.title),
    endpoints: group.endpoints.map((endpoint) => describeEndpoint(endpoint, origin)),
  }));
  const sections: { id: string; title: string; parts?: { id: string; title: string }[] }[] = [
    { id: "start", title: "Start" },
    { id: "authentication", title: "Authentication" },
    { id: "errors", title: "Errors" },
    { id: "limits", title: "Limits" },
    { id: "gate", title: "The gate" },
    { id: "pages", title: "Pages" },
    ...groups.map(({ id, title, endpoints }) => ({ id, title, parts: endpoints })),
  ];
  return (
    <ReferenceShell
      place="reference"
      sections={sections.map(({ id, title, parts }) => ({
        href: `#${id}`,
        title,
        parts: parts?.map((part) => ({ href: `#${part.id}`, title: part.title })),
      }))}
    >
      <header className="pb-10">
        <h1 className="font-semibold text-2xl">API reference</h1>
        <p className="mt-2 max-w-[64ch] text-pretty text-base text-soft">
          What a program can ask Latchkey with a token. JSON in and out, in UTF-8; times as in RFC 3339, in UTC; fields
          in snake_case; ids as text.
        </p>
      </header>

      <Chapter
        id="start"
        title="Start"
        aside={
          <>
            {/* Nothing to copy: the secret has to come in place of the dots. */}
            <CodeBlock title="Once in a shell" code="export LATCHKEY_TOKEN=lk_pat_…" />
            <CodeBlock
              title="Request"
              copy
              code={`curl ${origin}/api/v1/me \\\n  -H "Authorization: Bearer $LATCHKEY_TOKEN"`}
            />
          </>
        }
      >
        <p>
          Create a token in the console under <em>Settings, API tokens</em>, copy its secret, which is shown once, and
          ask who it is.
        </p>
        <p>
          The address of every endpoint starts with <Literal>{`${origin}/api/v1`}</Literal>. Every answer names its
          request in <Literal>X-Request-Id</Literal>; send one of your own, and it is kept.
        </p>
      </Chapter>

      <Chapter
        id="authentication"
        title="Authentication"
        aside={
          <>
            <CodeBlock title="Either" code={"Authorization: Bearer lk_pat_…\nAuthorization: APIKey lk_pat_…"} />
            <CodeBlock title="Answer to a token that expires" code="Latchkey-Token-Expires: 2027-03-12T09:30:00.000Z" />
          </>
        }
      >
        <p>
          Send the whole token in the <Literal>Authorization</Literal> header, as <Literal>Bearer</Literal> or{" "}
          <Literal>APIKey</Literal>. A token in the address is refused with 400, because addresses end in logs; so are
          two credentials in one request.
        </p>
        <p>
          A token may do what its role allows, and never more than its issuer may do at that moment. Lower the
          issuer&rsquo;s role, deactivate them or delete the token, and the very next call is answered accordingly.
        </p>
        <p>
          Where an organization issues a client ID with a client secret instead, <Literal>lk_cls_…</Literal>, a program
          exchanges the two for an access token and sends that. Sent itself, a client secret that works gets 401,{" "}
          <Literal>client_secret_not_accepted</Literal>.
        </p>
        <p>
          Without a token the answer is 401. A token that is wrong, unknown, expired or deleted gets one and the same
          401, <Literal>invalid_token</Literal>; one that lacks a permission gets 403,{" "}
          <Literal>insufficient_scope</Literal>, and the name of that permission.
        </p>
      </Chapter>

      <Chapter
        id="errors"
        title="Errors"
        aside={
          <CodeBlock
            title="Answer"
            status="403"
            code={pretty({ type: problemType(problemExample.code), ...problemExample })}
          />
        }
      >
        <p>
          Every error is a problem as in RFC 9457, <Literal>application/problem+json</Literal>. Decide by{" "}
          <Literal>code</Literal>, which never changes its meaning; <Literal>title</Literal> and{" "}
          <Literal>detail</Literal> are for people. Where input is wrong, <Literal>errors</Literal> names each field.
        </p>
        <p>
          A body is at most 64 KiB of <Literal>application/json</Literal>. Unknown fields, fields given twice and
          unknown parameters are refused rather than ignored, so that a typing error is found early.
        </p>
        <p>
          503 with <Literal>Retry-After</Literal> means that the database is away. Nothing was changed; try again.
        </p>
      </Chapter>

      <Chapter
        id="limits"
        title="Limits"
        aside={
          <CodeBlock
            title="Headers"
            code={[
              `RateLimit-Policy: "token";q=600;w=60,`,
              `  "organization";q=6000;w=60`,
              `RateLimit: "token";r=412;t=7,`,
              `  "organization";r=2950;t=1`,
            ].join("\n")}
          />
        }
      >
        <p>
          An organization may limit the calls of each token, and of all its tokens together, in any 60 seconds. Answers
          then carry <Literal>RateLimit-Policy</Literal>, with each limit as <Literal>q</Literal>, and{" "}
          <Literal>RateLimit</Literal>, with the calls that are left as <Literal>r</Literal> and the seconds until there
          are more as <Literal>t</Literal>.
        </p>
        <p>
          A call beyond a limit is answered with 429 and <Literal>Retry-After</Literal>, in seconds, and uses nothing
          up. Calls are counted by whole seconds, and a call counts until the sixtieth second after its own is over: so{" "}
          <Literal>t</Literal> can be 61.
        </p>
        <p>
          An organization, and whoever creates a token, may also say from which networks it can be used. A good token
          from another address gets 403, <Literal>address_not_allowed</Literal>, and the address that Latchkey saw: have
          that one added. Such a call counts toward no limit.
        </p>
      </Chapter>

      <Chapter
        id="gate"
        title="The gate"
        aside={
          <>
            <CodeBlock
              title="Asked by a proxy"
              code={"GET /verify?permission=orders:read\nAuthorization: Bearer lk_pat_…\nX-Forwarded-For: 203.0.113.7"}
            />
            <CodeBlock
              title="Answer"
              status="200 OK"
              code={
                "X-Latchkey-Organization: …\nX-Latchkey-Token: …\nX-Latchkey-Role: …\nX-Latchkey-Permissions: orders:read"
              }
            />
            <CodeBlock
              title="Asked by a server"
              code={"POST /introspect\nAuthorization: Bearer $LATCHKEY_TOKEN\n\ntoken=lk_pat_…"}
            />
          </>
        }
      >
        <p>
          Lets an API of your own be called with Latchkey&rsquo;s tokens. It is a second, leaner server, on the port
          after the console&rsquo;s unless it was set otherwise, and makes the same checks as this API. Programs do not
          call it: the proxy in front of your API does.
        </p>
        <p>
          <Literal>/verify</Literal> says whether a request may go on: 200, with who calls in{" "}
          <Literal>X-Latchkey-…</Literal> headers, or 401, 403 or 429 for the caller. Every{" "}
          <Literal>permission</Literal> named in the address is needed. 503 means that the gate cannot know now, 500
          that the proxy asks in a way that it does not know; neither lets anybody in. The project&rsquo;s{" "}
          <Literal>docs/proxies</Literal> has the configuration for nginx, Caddy, HAProxy and Envoy.
        </p>
        <p>
          <Literal>/introspect</Literal> is token introspection as in RFC 7662, for a token that has{" "}
          <Literal>tokens:read</Literal>. It says whether a token works and what it may do. An answer that it is active
          counts as a use of the token, from an address that is not known. It holds nobody to the networks and limits of
          the token that is asked about, since it does not see who presented it: a server that needs those uses{" "}
          <Literal>/verify</Literal>.
        </p>
      </Chapter>

      <Chapter
        id="pages"
        title="Pages"
        aside={<CodeBlock title="Answer" status="200 OK" code={pretty(listOf({ id: tokenExample.id }))} />}
      >
        <p>
          Lists answer with <Literal>data</Literal> and <Literal>next_cursor</Literal>. Send that back as{" "}
          <Literal>cursor</Literal>, with the same filters, for the next page; it is <Literal>null</Literal> on the last
          one. Cursors hold while rows come and go: nothing is shown twice, nothing left out. A cursor that is not from
          this list is refused with 400.
        </p>
      </Chapter>

      {groups.map((group) => (
        <section key={group.id} aria-labelledby={group.id} className="border-line border-t pt-10 pb-4">
          <h2 id={group.id} className="font-semibold text-xl">
            {group.title}
          </h2>
          <p className="mt-2 mb-8 max-w-[64ch] text-pretty text-soft">{group.summary}</p>
          {group.endpoints.map((endpoint) => (
            <EndpointSection key={endpoint.id} endpoint={endpoint} />
          ))}
        </section>
      ))}
    </ReferenceShell>
  );
}
