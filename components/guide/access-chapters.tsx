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
      Introspection says whether an access token works now and what it may do; revocation ends one before its hour is
      over. Both are for the client&rsquo;s own access tokens, as in RFC 7662 and RFC 7009. Ask again after the second:{" "}
      <Literal>active</Literal> is <Literal>false</Literal>, and the next call is refused.
    </p>
    <p>
      Each access token is for one API, its audience: this one, <Literal>{`${origin}/api/v1`}</Literal>, unless{" "}
      <Literal>resource</Literal> names{" "}
      <a className={link} href="#own-api">
        one of your own
      </a>
      . Libraries find everything by themselves at{" "}
      <Literal>{`${origin}/.well-known/oauth-authorization-server`}</Literal>.
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
