import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { TokenScreen } from "@/components/tokens/token-screen";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { requireMember } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { tokenTitle } from "@/lib/tokens/token-title";
import { viewToken } from "@/lib/tokens/view-token";
import { deleteTokenAction, tokenActivityAction, updateTokenAction } from "../actions";

/** Read once for the title and the page. */
const load = cache(async (member: MemberActor, id: string) => viewToken(member, id, await requestContext()));

export async function generateMetadata({ params }: PageProps<"/settings/api-tokens/[id]">): Promise<Metadata> {
  const view = await load(await requireMember(), (await params).id);
  return { title: view.ok ? tokenTitle(view.value.token.name) : "Not found" };
}

export default async function TokenPage({ params }: PageProps<"/settings/api-tokens/[id]">) {
  const member = await requireMember();
  const view = await load(member, (await params).id);
  if (!view.ok) notFound();
  return (
    <TokenScreen
      view={view.value}
      listPath="/settings/api-tokens"
      apiUrl={env().PUBLIC_URL}
      actions={{ update: updateTokenAction, remove: deleteTokenAction, activity: tokenActivityAction }}
    />
  );
}
