import type { Route } from "next";
import Link from "next/link";
import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { type GuideProps, link } from "./start-chapters";

export const AccessTokensChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="access-tokens"
    title="Scopes and audience"
    aside={
      <>
        <CodeBlock
          title="For less"
          copy
          code={[
            `curl ${origin}/api/v1/oauth/token \\`,
            `  -u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET" \\`,
            "  -d grant_type=client_credentials \\",
            `  -d "scope=organization:read tokens:read"`,
          ].join("\n")}
        />
        <CodeBlock
          title="Introspection"
          copy
          code={[
            `curl ${origin}/api/v1/oauth/introspect \\`,
            `  -u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET" \\`,
            `  -d "token=$LATCHKEY_ACCESS_TOKEN"`,
          ].join("\n")}
        />
        <CodeBlock
          title="Revocation"
          copy
          code={[
            `curl ${origin}/api/v1/oauth/revoke \\`,
            `  -u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET" \\`,
            `  -d "token=$LATCHKEY_ACCESS_TOKEN"`,
          ].join("\n")}
        />
        <CodeBlock
          title="For an API of your own"
          code={"-d grant_type=client_credentials\n-d resource=https://orders.example.com"}
        />
      </>
    }
  >
    <p>
      An access token may do what the client may do, or less: <Literal>scope</Literal> names permissions with a space
      between them. What the client may not do is refused as{" "}
      <Link className={link} href={"/docs/problems/invalid_scope" as Route}>
        invalid_scope
      </Link>{" "}
      and not left out. Rights are looked at anew with each call here: a scope that the client&rsquo;s role no longer
      covers is worth nothing from the next call on.
    </p>
    <p>
      Each access token is for one API, its audience: this one, <Literal>{`${origin}/api/v1`}</Literal>, unless{" "}
      <Literal>resource</Literal> names another that whoever runs this server listed in{" "}
      <Literal>ACCESS_TOKEN_AUDIENCES</Literal>. This API takes only its own; the gate takes all of them, unless the
      proxy that asks names one with <Literal>audience</Literal>.
    </p>
    <p>
      Libraries find everything by themselves at <Literal>{`${origin}/.well-known/oauth-authorization-server`}</Literal>
      . Introspection and revocation are as in RFC 7662 and RFC 7009, for clients, at{" "}
      <Literal>/api/v1/oauth/introspect</Literal> and <Literal>/api/v1/oauth/revoke</Literal>.
    </p>
  </Chapter>
);

export const LoginChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="login"
    title="Login and refresh"
    aside={
      <>
        <CodeBlock
          title="Login"
          copy
          code={[
            `curl ${origin}/api/v1/auth/login \\`,
            `  -H "Content-Type: application/json" \\`,
            `  -d '{"email":"you@example.com","password":"…"}'`,
          ].join("\n")}
        />
        <CodeBlock
          title="Refresh"
          copy
          code={[
            `curl ${origin}/api/v1/auth/refresh \\`,
            `  -H "Content-Type: application/json" \\`,
            `  -d "{\\"refresh_token\\":\\"$LATCHKEY_REFRESH_TOKEN\\"}"`,
          ].join("\n")}
        />
      </>
    }
  >
    <p>
      For a tool that a person uses at a terminal. Email and password give an access token of one hour and a refresh
      token of 24 hours; the access token may do what the person may do, or what <Literal>scope</Literal> leaves of it.
      Who is a member of several organizations names one in <Literal>organization</Literal>.
    </p>
    <p>
      A refresh token works once, and each refresh gives the next. Keep that one before anything else. If one comes a
      second time, two hold it, so the whole login ends and everything that came from it.
    </p>
    <p>
      <Literal>POST /api/v1/auth/logout</Literal> ends a login. People see theirs among the sessions in their profile
      and can end them there. Attempts are limited as when signing in to the console.
    </p>
  </Chapter>
);

export const OfflineChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="offline"
    title="Verifying without asking"
    aside={
      <CodeBlock
        title="In Node.js, with jose"
        copy
        code={[
          `import { createRemoteJWKSet, jwtVerify } from "jose";`,
          "",
          "const keys = createRemoteJWKSet(",
          `  new URL("${origin}/.well-known/jwks.json"),`,
          ");",
          "const { payload } = await jwtVerify(token, keys, {",
          `  issuer: "${origin}",`,
          `  audience: "https://orders.example.com",`,
          `  typ: "at+jwt",`,
          `  algorithms: ["ES256"],`,
          "});",
        ].join("\n")}
      />
    }
  >
    <p>
      Access tokens are JWTs as in RFC 9068, signed with ES256. An API of yours can verify them by the keys at{" "}
      <Literal>/.well-known/jwks.json</Literal> without a call for each. Check all of it: the signature, the type{" "}
      <Literal>at+jwt</Literal>, <Literal>iss</Literal>, your own name in <Literal>aud</Literal>, and{" "}
      <Literal>exp</Literal>. Fetch the keys again when a <Literal>kid</Literal> is not among them: they rotate, and a
      new one is listed before it first signs.
    </p>
    <p>
      <strong className="font-semibold">What such a check cannot know</strong> is what happened since: that the client
      was revoked, its role lowered, its issuer deactivated, or this one access token revoked. Here and at the gate all
      of that counts from the next call on; offline, the token goes on working until its <Literal>exp</Literal>, for up
      to an hour. Networks and limits of calls are not held offline either. Where an hour is too long, ask{" "}
      <a className={link} href="#gate">
        the gate
      </a>{" "}
      or introspect.
    </p>
  </Chapter>
);

export const SecretRotationChapter = () => (
  <Chapter id="rotation" title="New secrets without a gap">
    <p>
      A token and a client can have two secrets that work for a while. On its page in the console, <em>Rotate</em> shows
      a new one; the old one works until the new one is first used, and then for as many days as the overlap says. So:
      rotate, put the new secret in its place, restart one instance after the other, and let the old one run out. The
      page shows from where each is still used.
    </p>
    <p>
      A client&rsquo;s new secret is first used when it is exchanged. Access tokens that were exchanged with the old one
      may go on reading, and change nothing: they are answered with{" "}
      <Link className={link} href={"/docs/problems/secret_superseded" as Route}>
        secret_superseded
      </Link>
      . A token can rotate itself, <Literal>POST /api/v1/tokens/self/rotate</Literal>. An access token cannot do so for
      its client:{" "}
      <Link className={link} href={"/docs/problems/not_by_access_token" as Route}>
        not_by_access_token
      </Link>{" "}
      says what to do instead.
    </p>
    <p>
      A secret that was replaced and has ended is refused; if it then asks for a new secret, the token is deleted and
      its people are told, because two hold it.
    </p>
  </Chapter>
);
