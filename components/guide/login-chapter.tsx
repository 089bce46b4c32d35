import { Chapter, Literal } from "@/components/api-reference/prose";
import { type GuideProps, link } from "./start-chapters";
import { Step, Steps } from "./steps";

export const LoginChapter = ({ origin }: GuideProps) => (
  <Chapter id="login" title="Login and refresh">
    <p>
      For a tool that a person uses at a terminal, and in bash or zsh for you to try. Email and password give an access
      token of one hour and a refresh token of 24 hours; the access token may do what the person may do, or what{" "}
      <Literal>scope</Literal> leaves of it.
    </p>
    <Steps>
      <Step title="Email" code="export LATCHKEY_EMAIL=">
        Paste your email behind this line.
      </Step>
      <Step title="Organization" code="export LATCHKEY_ORGANIZATION=">
        And behind this one the short name of your organization, as <em>Settings, General</em> shows it. Who is a member
        of one alone may leave it out of the login.
      </Step>
      <Step title="Password" code="read -rs LATCHKEY_PASSWORD">
        Press Enter, type your password, which is not shown, and Enter again. So it stands neither in the history of
        your shell nor among the arguments that others on the machine can read. Put a backslash before a quotation mark
        or a backslash in it: it goes into JSON.
      </Step>
      <Step
        title="Login"
        code={[
          `printf '{"email":"%s","password":"%s",`,
          `  "organization":"%s"}' \\`,
          `  "$LATCHKEY_EMAIL" "$LATCHKEY_PASSWORD" \\`,
          `  "$LATCHKEY_ORGANIZATION" |`,
          `  curl ${origin}/api/v1/auth/login \\`,
          `    -H "Content-Type: application/json" -d @-`,
        ].join("\n")}
      >
        Sign in. <Literal>@-</Literal> lets <Literal>curl</Literal> read the body from the pipe.
      </Step>
      <Step title="Access token" code="export LATCHKEY_ACCESS_TOKEN=">
        Paste <Literal>access_token</Literal> of the answer behind it, without its quotes.
      </Step>
      <Step title="Refresh token" code="export LATCHKEY_REFRESH_TOKEN=">
        And <Literal>refresh_token</Literal> behind this one.
      </Step>
      <Step title="Call" code={`curl ${origin}/api/v1/me \\\n  -H "Authorization: Bearer $LATCHKEY_ACCESS_TOKEN"`}>
        Call. You are who calls.
      </Step>
      <Step
        title="Refresh"
        code={[
          `printf '{"refresh_token":"%s"}' \\`,
          `  "$LATCHKEY_REFRESH_TOKEN" |`,
          `  curl ${origin}/api/v1/auth/refresh \\`,
          `    -H "Content-Type: application/json" -d @-`,
        ].join("\n")}
      >
        Shortly before the hour is over, get the next pair. The refresh token that you sent is used up now, and the
        answer has the next one.
      </Step>
      <Step
        title="Logout"
        code={`curl -X POST ${origin}/api/v1/auth/logout \\\n  -H "Authorization: Bearer $LATCHKEY_ACCESS_TOKEN"`}
      >
        When you are done, end the login. All of its tokens end with it.
      </Step>
    </Steps>
    <p>
      A refresh token works once. Keep the next one before anything else: if one comes a second time, two hold it, so
      the whole login ends and everything that came from it.
    </p>
    <p>
      People see their logins among the sessions in their profile and can end them there. Attempts are limited as when
      signing in to the console. A program that runs by itself takes a token or{" "}
      <a className={link} href="#client-credentials">
        a client
      </a>{" "}
      instead.
    </p>
  </Chapter>
);
