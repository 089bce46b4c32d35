import type { Metadata } from "next";
import {
  createTokenAction,
  deleteTokenAction,
  tokenActivityAction,
  updateTokenAction,
} from "@/app/(console)/settings/api-tokens/actions";
import { TokensScreen } from "@/components/tokens/tokens-screen";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, requireMember } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { viewTokens } from "@/lib/tokens/view-tokens";

export const metadata: Metadata = { title: "API tokens" };

export default async function HubTokensPage({ searchParams }: PageProps<"/hub/api-tokens">) {
  const member = await requireMember("hub");
  const session = await currentSession();
  return (
    <TokensScreen
      view={await viewTokens(member, await searchParams, await requestContext())}
      path="/hub/api-tokens"
      organizationName={session?.organization?.name ?? ""}
      apiUrl={env().PUBLIC_URL}
      actions={{
        create: createTokenAction,
        update: updateTokenAction,
        remove: deleteTokenAction,
        activity: tokenActivityAction,
      }}
    />
  );
}
