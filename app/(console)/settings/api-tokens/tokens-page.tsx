import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { TokensScreen } from "@/components/tokens/tokens-screen";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import type { SearchParams } from "@/lib/tokens/token-search-params";
import { viewTokenDoor } from "@/lib/tokens/view-token-door";
import { viewTokens } from "@/lib/tokens/view-tokens";
import {
  createTokenAction,
  deleteTokenAction,
  extendTokenAction,
  requestAccessAction,
  rotateTokenAction,
  tokenActivityAction,
  tokenReceiptAction,
  updateTokenAction,
} from "./actions";

export async function tokensMetadata(): Promise<Metadata> {
  return { title: (await organizationWords()).tokens.title };
}

type TokensPageProps = { member: MemberActor; searchParams: Promise<SearchParams> };

/** The page of tokens, the same in the console and in the hub. Who has one in the profile and no list is led there. */
export async function TokensPage({ member, searchParams }: TokensPageProps) {
  const { list, profile, refusals } = TOKEN_PLACES[member.portal];
  const ctx = await requestContext();
  if (!(await viewTokenDoor(member, ctx)).hasList) redirect(profile as Route);
  const session = await currentSession();
  return (
    <TokensScreen
      view={await viewTokens(member, await searchParams, ctx)}
      path={list}
      refusalsPath={refusals}
      organizationName={session?.organization?.name ?? ""}
      apiUrl={env().PUBLIC_URL}
      actions={{
        create: createTokenAction,
        rotate: rotateTokenAction,
        extend: extendTokenAction,
        update: updateTokenAction,
        remove: deleteTokenAction,
        activity: tokenActivityAction,
        receipt: tokenReceiptAction,
        requestAccess: requestAccessAction,
      }}
    />
  );
}
