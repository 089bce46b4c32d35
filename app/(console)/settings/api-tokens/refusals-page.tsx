import type { Metadata } from "next";
import { RefusalsScreen } from "@/components/refusals/refusals-screen";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords } from "@/lib/auth/require-member";
import { viewRefusals } from "@/lib/refusals/view-refusals";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import type { SearchParams } from "@/lib/tokens/token-search-params";
import { viewTokenDoor } from "@/lib/tokens/view-token-door";

export const refusalsMetadata: Metadata = { title: "Explain a refused call" };

type RefusalsPageProps = { member: MemberActor; searchParams: Promise<SearchParams> };

/** *Explain a refused call*, the same in the console and in the hub. */
export async function RefusalsPage({ member, searchParams }: RefusalsPageProps) {
  const { list, profile, refusals } = TOKEN_PLACES[member.portal];
  const ctx = await requestContext();
  const { tokens: words } = await organizationWords();
  const { hasList } = await viewTokenDoor(member, ctx);
  return (
    <RefusalsScreen
      view={await viewRefusals(member, (await searchParams).request, ctx)}
      path={refusals}
      back={hasList ? { href: list, label: words.title } : { href: profile, label: "Profile" }}
      tokensPath={list}
      words={words}
    />
  );
}
