import type { Metadata } from "next";
import { ReferenceShell } from "@/components/api-reference/reference-shell";
import { AccessTokensChapter, SecretRotationChapter } from "@/components/guide/access-chapters";
import {
  ConditionalChapter,
  ErrorsChapter,
  LimitsChapter,
  PagesChapter,
  RequestIdsChapter,
} from "@/components/guide/answer-chapters";
import { CorsChapter, GateChapter, IdempotencyChapter, WebhooksChapter } from "@/components/guide/change-chapters";
import { LoginChapter } from "@/components/guide/login-chapter";
import { OfflineChapter, OwnApiChapter } from "@/components/guide/own-api-chapters";
import { ProgramsChapter } from "@/components/guide/program-chapters";
import { ClientCredentialsChapter, StartChapter } from "@/components/guide/start-chapters";
import { env } from "@/lib/env";
import { problemType } from "@/lib/http/answer";
import { listOf, problemExample, tokenExample } from "@/lib/http/api-examples";

export const metadata: Metadata = { title: "API guide" };

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

const CONTENTS = [
  ["start", "A first call"],
  ["client-credentials", "Client credentials"],
  ["access-tokens", "Scopes and audience"],
  ["login", "Login and refresh"],
  ["programs", "From TypeScript and a terminal"],
  ["own-api", "For an API of your own"],
  ["offline", "Verifying without asking"],
  ["rotation", "New secrets without a gap"],
  ["errors", "Errors"],
  ["request-ids", "Request ids"],
  ["limits", "Limits"],
  ["pages", "Pages"],
  ["conditional-requests", "Only what is new"],
  ["idempotency", "Doing it once"],
  ["cors", "From a browser"],
  ["gate", "The gate"],
  ["webhooks", "Webhooks"],
] as const;

export default function GuidePage() {
  const { PUBLIC_URL: origin, ACCESS_TOKEN_AUDIENCES: audiences } = env();
  return (
    <ReferenceShell place="guide" sections={CONTENTS.map(([id, title]) => ({ href: `#${id}`, title }))}>
      <header className="pb-10">
        <h1 className="font-semibold text-2xl">API guide</h1>
        <p className="mt-2 max-w-[64ch] text-pretty text-base text-soft">
          What a program can ask Latchkey, and how. JSON in and out, in UTF-8; times as in RFC 3339, in UTC; fields in
          snake_case; ids as text.
        </p>
      </header>
      <StartChapter origin={origin} />
      <ClientCredentialsChapter origin={origin} />
      <AccessTokensChapter origin={origin} />
      <LoginChapter origin={origin} />
      <ProgramsChapter origin={origin} />
      <OwnApiChapter origin={origin} audiences={audiences} />
      <OfflineChapter origin={origin} />
      <SecretRotationChapter />
      <ErrorsChapter problem={pretty({ type: problemType(problemExample.code), ...problemExample })} />
      <RequestIdsChapter />
      <LimitsChapter />
      <PagesChapter list={pretty(listOf({ id: tokenExample.id }))} />
      <ConditionalChapter origin={origin} />
      <IdempotencyChapter origin={origin} />
      <CorsChapter />
      <GateChapter />
      <WebhooksChapter />
    </ReferenceShell>
  );
}
