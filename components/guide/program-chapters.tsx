import { CodeBlock } from "@/components/api-reference/code-block";
import { Chapter, Literal } from "@/components/api-reference/prose";
import { type GuideProps, link } from "./start-chapters";

export const ProgramsChapter = ({ origin }: GuideProps) => (
  <Chapter
    id="programs"
    title="From TypeScript and a terminal"
    aside={
      <>
        <CodeBlock
          title="tokens.ts"
          copy
          code={[
            `import { Latchkey } from "./latchkey.ts";`,
            "",
            "const latchkey = new Latchkey({",
            `  baseUrl: "${origin}",`,
            "  token: process.env.LATCHKEY_TOKEN,",
            "});",
            "for await (const { id, name } of latchkey.tokens.list()) {",
            "  console.log(id, name);",
            "}",
          ].join("\n")}
        />
        <CodeBlock
          title="In a terminal"
          copy
          code={`export LATCHKEY_HOST=${origin}\nlatchkey tokens list --status active`}
        />
        <CodeBlock title="As a person" copy code={`latchkey login --profile me --host ${origin}`} />
        <CodeBlock
          title="A call of your own"
          copy
          code={`latchkey access-token --profile me --header |\n  curl -H @- ${origin}/api/v1/me`}
        />
      </>
    }
  >
    <p>
      The project brings a client for TypeScript, one file without dependencies:{" "}
      <Literal>clients/typescript/latchkey.ts</Literal>. It knows every endpoint with its types, exchanges{" "}
      <a className={link} href="#client-credentials">
        client credentials
      </a>{" "}
      and{" "}
      <a className={link} href="#login">
        refreshes logins
      </a>{" "}
      by itself, reads{" "}
      <a className={link} href="#pages">
        pages
      </a>{" "}
      to their end, and tries again where that is safe, with the{" "}
      <a className={link} href="#idempotency">
        key
      </a>{" "}
      that it needs.
    </p>
    <p>
      The same in a terminal is <Literal>clients/cli/latchkey.mjs</Literal>, one file too: copy it to where your shell
      finds it, as <Literal>latchkey</Literal>. <Literal>latchkey --help</Literal> lists its commands. It calls as the
      token or the client that is exported above; <Literal>latchkey login</Literal> signs a person in, and with{" "}
      <Literal>--profile</Literal> the two stand side by side. It takes no secret as an argument, since other people on
      the machine see those; <Literal>curl -H @-</Literal> reads the header with the access token from the pipe for the
      same reason.
    </p>
  </Chapter>
);
