import type { Route } from "next";
import Link from "next/link";
import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { type GuideProps, link } from "./start-chapters";

export const IdempotencyChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="idempotency"
    title="Doing it once"
    aside={
      <>
        <CodeBlock
          title="Roles"
          copy
          code={`curl ${origin}/api/v1/roles \\\n  -H "Authorization: Bearer $LATCHKEY_ACCESS_TOKEN"`}
        />
        <CodeBlock title="One of their ids" copy code="export LATCHKEY_ROLE_ID=" />
        <CodeBlock title="Key" copy code='export LATCHKEY_KEY="export-$(date +%s)"' />
        <CodeBlock
          title="Request"
          copy
          code={[
            `curl ${origin}/api/v1/tokens \\`,
            `  -H "Authorization: Bearer $LATCHKEY_ACCESS_TOKEN" \\`,
            `  -H "Idempotency-Key: $LATCHKEY_KEY" \\`,
            `  -H "Content-Type: application/json" \\`,
            `  -d '{"name":"Nightly export","role_id":"'$LATCHKEY_ROLE_ID'"}'`,
          ].join("\n")}
        />
      </>
    }
  >
    <p>
      Where an answer can get lost, send each POST with an <Literal>Idempotency-Key</Literal> that you make up, and
      repeat it with the same one. Make it once for each thing to do and keep it, as in the third line beside this: one
      that is made within the call is another in each call, and protects from nothing.
    </p>
    <p>
      Within 24 hours the same key with the same body gets the first answer again, and nothing happens twice, with{" "}
      <Literal>Idempotency-Replayed</Literal> beside it; of two at once, one waits for the other. The same key with
      another body is refused with 422. A request that was refused uses no key up.
    </p>
    <p>
      The lines create a token as a person who is signed in,{" "}
      <a className={link} href="#login">
        as above
      </a>
      ; a token makes others only where the organization allows it. What a new one needs is as in the console&rsquo;s
      dialog: no role where tokens mirror their issuer, a description where it asks for one.
    </p>
    <p>
      The one thing that is not repeated is a secret: the answer again is without it. If the secret got lost,{" "}
      <a className={link} href="#rotation">
        rotate
      </a>{" "}
      the token.
    </p>
  </Chapter>
);

export const CorsChapter = () => (
  <Chapter
    id="cors"
    title="From a browser"
    aside={<CodeBlock title="Answer" code={"Access-Control-Allow-Origin: https://app.example.com\nVary: Origin"} />}
  >
    <p>
      A page on another site may call the API once an administrator lists its origin under{" "}
      <Link className={link} href={"/settings/general" as Route} prefetch={false}>
        Settings, General
      </Link>
      . Cookies never count, so send a token as elsewhere, and mind that everybody who opens the page can read it: use
      one of the person who is there, from <Literal>login</Literal>, and none of a program.
    </p>
    <p>
      <Literal>X-Request-Id</Literal>, <Literal>Retry-After</Literal>, <Literal>RateLimit</Literal>,{" "}
      <Literal>ETag</Literal> and <Literal>Latchkey-Token-Expires</Literal> can be read by such a page.
    </p>
  </Chapter>
);

export const WebhooksChapter = () => (
  <Chapter id="webhooks" title="Webhooks">
    <p>
      There are none. What happened is in <Literal>GET /api/v1/audit-events</Literal>: ask for it from time to time,
      with the id of an event that you have as <Literal>after</Literal>.
    </p>
  </Chapter>
);

export const GateChapter = () => (
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
      Lets an API of your own be called with Latchkey&rsquo;s tokens. It is a second, leaner server, on the port after
      the console&rsquo;s unless it was set otherwise, and makes the same checks as this API. Programs do not call it:
      the proxy in front of your API does.
    </p>
    <p>
      <Literal>/verify</Literal> says whether a request may go on: 200, with who calls in{" "}
      <Literal>X-Latchkey-…</Literal> headers, or 401, 403 or 429 for the caller. Every <Literal>permission</Literal>{" "}
      named in the address is needed; <Literal>audience</Literal> says for which API an access token must be. 503 means
      that the gate cannot know now, 500 that the proxy asks in a way that it does not know; neither lets anybody in.
      The project&rsquo;s <Literal>docs/proxies</Literal> has the configuration for nginx, Caddy, HAProxy and Envoy.
    </p>
    <p>
      <Literal>/introspect</Literal> is token introspection as in RFC 7662, for a token that has{" "}
      <Literal>tokens:read</Literal> and for a client with its ID and secret. It says whether a token works and what it
      may do. An answer that it is active counts as a use of the token, from an address that is not known. It holds
      nobody to the networks and limits of the token that is asked about, since it does not see who presented it: a
      server that needs those uses <Literal>/verify</Literal>.
    </p>
  </Chapter>
);
