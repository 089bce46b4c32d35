import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { Step, Steps } from "./steps";

/** Of this server, without a slash at the end. */
export type GuideProps = { origin: string };

export const link = "rounded-xs underline decoration-line-strong underline-offset-3 hover:decoration-ink";

export const StartChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="start"
    title="A first call"
    aside={
      <>
        <CodeBlock title="Token" copy code="export LATCHKEY_TOKEN=" />
        <CodeBlock
          title="Request"
          copy
          code={`curl ${origin}/api/v1/me \\\n  -H "Authorization: Bearer $LATCHKEY_TOKEN"`}
        />
      </>
    }
  >
    <p>
      Create a token in the console under <em>Settings, API tokens</em>, copy its secret, which is shown once, paste it
      behind the first line, and ask who it is. Where your organization issues a client ID with a client secret instead,
      go on{" "}
      <a className={link} href="#client-credentials">
        below
      </a>
      .
    </p>
    <p>
      The address of every endpoint starts with <Literal>{`${origin}/api/v1`}</Literal>; the{" "}
      <a className={link} href="/docs">
        reference
      </a>{" "}
      lists them all, and can call them with your own token.
    </p>
    <p>
      Send the whole token in the <Literal>Authorization</Literal> header, as <Literal>Bearer</Literal> or{" "}
      <Literal>APIKey</Literal>. In the address it is refused with 400, because addresses end in logs; so are two
      credentials in one request.
    </p>
    <p>
      A token may do what its role allows, and never more than its issuer may do at that moment. Lower the
      issuer&rsquo;s role, deactivate them or delete the token, and the very next call is answered accordingly.
    </p>
  </Chapter>
);

export const ClientCredentialsChapter = ({ origin }: GuideProps) => (
  <Chapter id="client-credentials" title="Client credentials, in under two minutes">
    <p>
      A client is a program with an ID and a secret. It exchanges the two for an access token, which lives for an hour,
      and calls with that; the secret itself opens nothing. From here to the first answer takes less than two minutes
      and nothing but <Literal>curl</Literal>.
    </p>
    <Steps>
      <li className="pl-1.5">
        <p>
          In the console, open <em>Settings</em> and there the tokens, and press <em>Generate new token</em>. Say what
          it is for, choose the role <em>Viewer</em>, and create it. The dialog now shows a client ID and, this once, a
          client secret. Leave it open.
        </p>
      </li>
      <Step code="export LATCHKEY_CLIENT_ID=" title="Client ID">
        Copy this line into a shell, paste the client ID right behind it, and press Enter.
      </Step>
      <Step code="export LATCHKEY_CLIENT_SECRET=" title="Client secret">
        The same with the client secret. Then tick <em>I saved the secret key</em> and leave the dialog by{" "}
        <em>Save token</em>.
      </Step>
      <Step
        title="Exchange"
        code={[
          `curl ${origin}/api/v1/oauth/token \\`,
          `  -u "$LATCHKEY_CLIENT_ID:$LATCHKEY_CLIENT_SECRET" \\`,
          `  -d grant_type=client_credentials`,
        ].join("\n")}
      >
        Exchange the two. The answer has <Literal>access_token</Literal>, a long text that begins with{" "}
        <Literal>ey</Literal>.
      </Step>
      <Step code="export LATCHKEY_ACCESS_TOKEN=" title="Access token">
        Copy this line, paste that text behind it without its quotes, and press Enter.
      </Step>
      <Step
        title="First call"
        code={`curl ${origin}/api/v1/me \\\n  -H "Authorization: Bearer $LATCHKEY_ACCESS_TOKEN"`}
      >
        Call. The answer says who the client is and what it may do now.
      </Step>
    </Steps>
    <p>
      There is no <Literal>Generate new token</Literal> on your page? Then your organization issues tokens of another
      kind, which need no exchange:{" "}
      <a className={link} href="#start">
        a first call
      </a>
      . In a program, do not exchange before every call: keep the access token until a minute before its{" "}
      <Literal>expires_in</Literal> is over.
    </p>
  </Chapter>
);
