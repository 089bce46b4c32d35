import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { MemberScreen } from "@/components/members/member-screen";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { memberId } from "@/lib/members/member-input";
import { viewMember } from "@/lib/members/view-members";
import { refused } from "@/lib/refusal";
import { createTokenAction } from "../../settings/api-tokens/actions";
import { deactivateMemberAction, memberTokensAction, reactivateMemberAction, updateMemberAction } from "../actions";

/** Read once for the title and the page. */
const load = cache(async (member: MemberActor, id: string) =>
  memberId.safeParse(id).success ? viewMember(member, id, await requestContext()) : refused("not_found"),
);

export async function generateMetadata({ params }: PageProps<"/members/[id]">): Promise<Metadata> {
  const view = await load(await requireMember(), (await params).id);
  return { title: view.ok ? view.value.member.name : "Members" };
}

export default async function MemberPage({ params }: PageProps<"/members/[id]">) {
  const member = await requireMember();
  if (!member.permissions.has("members:read")) return <NoPermissionPanel title="Members" permission="members:read" />;
  const view = await load(member, (await params).id);
  if (!view.ok) notFound();
  const [words, session] = await Promise.all([organizationWords(), currentSession()]);
  return (
    <MemberScreen
      view={view.value}
      words={words.groups}
      tokensTitle={words.tokens.title}
      creating={{
        create: createTokenAction,
        organizationName: session?.organization?.name ?? "",
        apiUrl: env().PUBLIC_URL,
      }}
      actions={{
        update: updateMemberAction,
        deactivate: deactivateMemberAction,
        reactivate: reactivateMemberAction,
        tokens: memberTokensAction,
      }}
    />
  );
}
