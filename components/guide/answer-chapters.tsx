import type { Route } from "next";
import Link from "next/link";
import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { EXAMPLE_REQUEST_ID } from "@/lib/http/example-request-id";
import { type GuideProps, link } from "./start-chapters";

export const ErrorsChapter = ({ problem }: { problem: string }) => (
  <Chapter id="errors" title="Errors" aside={<CodeBlock title="Answer" status="403" code={problem} />}>
    <p>
      Every error is a problem as in RFC 9457, <Literal>application/problem+json</Literal>. Decide by{" "}
      <Literal>code</Literal>, which never changes its meaning; <Literal>title</Literal> and <Literal>detail</Literal>{" "}
      are for people. <Literal>type</Literal> is the address of a page that says how to mend it:{" "}
      <Link className={link} href={"/docs/problems" as Route}>
        all of them
      </Link>
      . Where input is wrong, <Literal>errors</Literal> names each field. OAuth&rsquo;s own endpoints answer with{" "}
      <Literal>error</Literal> instead, and <Literal>error_uri</Literal> is the page.
    </p>
    <p>
      A token that is wrong, unknown, expired or deleted gets one and the same 401, <Literal>invalid_token</Literal>.
      One that lacks a permission gets 403, <Literal>insufficient_scope</Literal>, and the name of that permission.
    </p>
    <p>
      A body is at most 64 KiB of <Literal>application/json</Literal>. Unknown fields, fields given twice and unknown
      parameters are refused rather than ignored, so that a typing error is found early.
    </p>
    <p>
      503 with <Literal>Retry-After</Literal> means that the database is away. Nothing was changed; try again.
    </p>
  </Chapter>
);

export const RequestIdsChapter = () => (
  <Chapter
    id="request-ids"
    title="Request ids, and why a call was refused"
    aside={<CodeBlock title="Answer" code={`X-Request-Id: ${EXAMPLE_REQUEST_ID}`} />}
  >
    <p>
      Every answer names its request in <Literal>X-Request-Id</Literal>, and problems and OAuth&rsquo;s errors repeat it
      as <Literal>request_id</Literal>. Send one of your own, 8 to 64 letters, digits, hyphens and underscores, and it
      is kept.
    </p>
    <p>
      Callers are told little, so that nobody learns from a refusal. Members are told all: under{" "}
      <Link className={link} href={"/settings/api-tokens/refusals" as Route} prefetch={false}>
        Explain a refused call
      </Link>{" "}
      in the console, the request id shows which check said no, by which rule and since when, with a link to what
      changes it. Only refusals of tokens that one may see are explained, for a week.
    </p>
  </Chapter>
);

export const LimitsChapter = () => (
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
          "Latchkey-Token-Expires: 2027-03-12T09:30:00.000Z",
        ].join("\n")}
      />
    }
  >
    <p>
      An organization may limit the calls of each token, and of all its tokens together, in any 60 seconds. Answers then
      carry <Literal>RateLimit-Policy</Literal>, with each limit as <Literal>q</Literal>, and{" "}
      <Literal>RateLimit</Literal>, with the calls that are left as <Literal>r</Literal> and the seconds until there are
      more as <Literal>t</Literal>.
    </p>
    <p>
      A call beyond a limit is answered with 429 and <Literal>Retry-After</Literal>, in seconds, and uses nothing up.
      Calls are counted by whole seconds, and a call counts until the sixtieth second after its own is over: so{" "}
      <Literal>t</Literal> can be 61.
    </p>
    <p>
      An organization, and whoever creates a token, may also say from which networks it can be used. A good token from
      another address gets 403, <Literal>address_not_allowed</Literal>, and the address that Latchkey saw: have that one
      added. Such a call counts toward no limit.
    </p>
    <p>
      Every answer to a token that expires says when, in <Literal>Latchkey-Token-Expires</Literal>.
    </p>
  </Chapter>
);

export const PagesChapter = ({ list }: { list: string }) => (
  <Chapter id="pages" title="Pages" aside={<CodeBlock title="Answer" status="200 OK" code={list} />}>
    <p>
      Lists answer with <Literal>data</Literal> and <Literal>next_cursor</Literal>. Send that back as{" "}
      <Literal>cursor</Literal>, with the same filters, for the next page; it is <Literal>null</Literal> on the last
      one. Cursors hold while rows come and go: nothing is shown twice, nothing left out. A cursor that is not from this
      list is refused with 400.
    </p>
  </Chapter>
);

export const ConditionalChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="conditional-requests"
    title="Only what is new"
    aside={
      <CodeBlock
        title="Request"
        code={[
          `curl ${origin}/api/v1/members \\`,
          `  -H "Authorization: Bearer $LATCHKEY_TOKEN" \\`,
          `  -H 'If-None-Match: "…"'`,
        ].join("\n")}
      />
    }
  >
    <p>
      Whatever a token reads carries an <Literal>ETag</Literal>. Send it back in <Literal>If-None-Match</Literal>, with
      the same address, and the answer is 304 without a body while it is the same. It counts toward the limits as any
      call, and saves the bytes.
    </p>
  </Chapter>
);
