import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import {
  createTokenAction,
  deleteTokenAction,
  tokenActivityAction,
  updateTokenAction,
} from "@/app/(console)/settings/api-tokens/actions";
import { TokensScreen } from "@/components/tokens/tokens-screen";
import { currentSession, requestContext, requireMember } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { searchWithoutSecret } from "@/lib/tokens/token-search-params";
import { viewTokens } from "@/lib/tokens/view-tokens";

export const metadata: Metadata = { title: "API tokens" };

const PATH = "/hub/api-tokens";

export default async function HubTokensPage({ searchParams }: PageProps<"/hub/api-tokens">) {
  const member = await requireMember("hub");
  const params = await searchParams;
  const safe = searchWithoutSecret(params);
  if (safe !== null) redirect(`${PATH}${safe}` as Route);
  const session = await currentSession();
  return (
    <TokensScreen
      view={await viewTokens(member, params, await requestContext())}
      path={PATH}
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
