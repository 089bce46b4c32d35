import type { Route } from "next";
import Link from "next/link";
import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { type GuideProps, link } from "./start-chapters";

/** `audiences` are those of ACCESS_TOKEN_AUDIENCES. */
export const OwnApiChapter = ({ origin, audiences }: GuideProps & { audiences: readonly string[] }) => {
  const audience = audiences[0] ?? "https://orders.example.com";
  return (
    <Chapter
      id="own-api"
      title="For an API of your own"
      aside={
        <>
          <CodeBlock title="Settings of the console and of the gate" code={`ACCESS_TOKEN_AUDIENCES=${audience}`} />
          <CodeBlock
            title="Exchange for that API"
            copy
            code={[
              `curl ${origin}/api/v1/oauth/token \\`,
              `  -u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET" \\`,
              "  -d grant_type=client_credentials \\",
              `  -d "resource=${audience}"`,
            ].join("\n")}
          />
          <CodeBlock title="Asked by its proxy" code={`GET /verify?permission=orders:read&audience=${audience}`} />
        </>
      }
    >
      <p>
        An access token for an API of yours opens that API and not this one, so whoever is called with it cannot go on
        with it here.
      </p>
      <ol className="grid max-w-[64ch] list-decimal gap-2 pl-5 marker:text-soft">
        <li className="pl-1">
          Whoever runs this server lists the API in <Literal>ACCESS_TOKEN_AUDIENCES</Literal>, several with a comma
          between them, and starts the console and the gate again; both read it.{" "}
          {audiences.length > 0 ? (
            <>
              Here it lists{" "}
              {audiences.map((each, at) => (
                <span key={each}>
                  {at > 0 && ", "}
                  <Literal>{each}</Literal>
                </span>
              ))}
              .
            </>
          ) : (
            <>It lists none here now, so the exchange beside this is refused until it does.</>
          )}
        </li>
        <li className="pl-1">
          A client asks for it with <Literal>resource</Literal>, letter by letter as it is listed: a slash at the end
          counts. Another is refused as{" "}
          <Link className={link} href={"/docs/problems/invalid_target" as Route}>
            invalid_target
          </Link>
          .
        </li>
        <li className="pl-1">
          The API lets in what is for itself. Its proxy names it at{" "}
          <a className={link} href="#gate">
            the gate
          </a>{" "}
          with <Literal>audience</Literal>, without which the gate takes the access tokens of all of them; or the API
          finds its own name in <Literal>aud</Literal>, as below.
        </li>
      </ol>
    </Chapter>
  );
};

export const OfflineChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="offline"
    title="Verifying without asking"
    aside={
      <>
        <CodeBlock title="Once" code="npm install jose" />
        <CodeBlock
          title="verify.mjs"
          copy
          code={[
            `import { createRemoteJWKSet, jwtVerify } from "jose";`,
            "",
            "const keys = createRemoteJWKSet(",
            `  new URL("${origin}/.well-known/jwks.json"),`,
            ");",
            "const token = process.env.LATCHKEY_ACCESS_TOKEN;",
            "const { payload } = await jwtVerify(token, keys, {",
            `  issuer: "${origin}",`,
            "  // In an API of your own: its own name.",
            `  audience: "${origin}/api/v1",`,
            `  typ: "at+jwt",`,
            `  algorithms: ["ES256"],`,
            "});",
            "console.log(payload);",
          ].join("\n")}
        />
        <CodeBlock title="Verify" copy code="node verify.mjs" />
      </>
    }
  >
    <p>
      Access tokens are JWTs as in RFC 9068, signed with ES256. An API of yours can verify them by the keys at{" "}
      <Literal>/.well-known/jwks.json</Literal> without a call for each. Check all of it: the signature, the type{" "}
      <Literal>at+jwt</Literal>, <Literal>iss</Literal>, your own name in <Literal>aud</Literal>, and{" "}
      <Literal>exp</Literal>. Fetch the keys again when a <Literal>kid</Literal> is not among them: they rotate, and a
      new one is listed before it first signs. <Literal>jose</Literal> does all of that; the lines beside this show what
      is in the access token that you exported last.
    </p>
    <p>
      <strong className="font-semibold">What such a check cannot know</strong> is what happened since: that the client
      was revoked, its role lowered, its issuer deactivated, or this one access token revoked, as you may have done
      above. Here and at the gate all of that counts from the next call on; offline, the token goes on working until its{" "}
      <Literal>exp</Literal>, for up to an hour. Networks and limits of calls are not held offline either. Where an hour
      is too long, ask{" "}
      <a className={link} href="#gate">
        the gate
      </a>{" "}
      or introspect.
    </p>
  </Chapter>
);
