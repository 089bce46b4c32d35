import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { memberResource } from "@/lib/http/organization-resources";
import { readBody, readParam } from "@/lib/http/read-input";
import { changeMember } from "@/lib/members/change-member";
import { getMember } from "@/lib/members/get-member";
import { changeMemberInput, memberId } from "@/lib/members/member-input";

export const dynamic = "force-dynamic";

export const GET = withToken("members:read", async (_request, { actor, ctx, params }) =>
  memberResource(accepted(await getMember(actor, readParam((await params).id, memberId), ctx))),
);

export const PATCH = withToken("members:write", async (request, { actor, ctx, params }) => {
  const id = readParam((await params).id, memberId);
  const change = await readBody(request, changeMemberInput);
  return memberResource(accepted(await changeMember(actor, { id, change }, ctx)));
});

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
