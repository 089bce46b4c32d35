import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { TokenScreen } from "@/components/tokens/token-screen";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { env } from "@/lib/env";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { tokenTitle } from "@/lib/tokens/token-title";
import { viewToken } from "@/lib/tokens/view-token";
import { viewTokenDoor } from "@/lib/tokens/view-token-door";
import {
  answerExpiryAction,
  cancelRotationAction,
  deleteTokenAction,
  extendTokenAction,
  rotateTokenAction,
  tokenActivityAction,
  tokenReceiptAction,
  updateTokenAction,
  withdrawExpiryAnswerAction,
} from "./actions";

/** Read once for the title and the page. */
const load = cache(async (member: MemberActor, id: string) => viewToken(member, id, await requestContext()));

export async function tokenMetadata(member: MemberActor, id: string): Promise<Metadata> {
  const view = await load(member, id);
  return { title: view.ok ? tokenTitle(view.value.token.name, view.value.words) : "Not found" };
}

/** A token's own page, the same in the console and in the hub. */
export async function TokenPage({ member, id }: { member: MemberActor; id: string }) {
  const view = await load(member, id);
  if (!view.ok) notFound();
  const { list, profile, refusals } = TOKEN_PLACES[member.portal];
  const { hasList } = await viewTokenDoor(member, await requestContext());
  return (
    <TokenScreen
      view={view.value}
      back={hasList ? { href: list, label: view.value.words.title } : { href: profile, label: "Profile" }}
      apiUrl={env().PUBLIC_URL}
      refusalsPath={refusals}
      actions={{
        update: updateTokenAction,
        remove: deleteTokenAction,
        activity: tokenActivityAction,
        receipt: tokenReceiptAction,
        answer: answerExpiryAction,
        withdraw: withdrawExpiryAnswerAction,
        rotate: rotateTokenAction,
        cancelRotation: cancelRotationAction,
        extend: extendTokenAction,
      }}
    />
  );
}
