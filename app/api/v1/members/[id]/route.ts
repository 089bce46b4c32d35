import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { memberResource } from "@/lib/http/organization-resources";
import { readParam } from "@/lib/http/read-input";
import { getMember } from "@/lib/members/get-member";
import { memberId } from "@/lib/members/member-input";

export const dynamic = "force-dynamic";

export const GET = withToken("members:read", async (_request, { actor, ctx, params }) =>
  memberResource(accepted(await getMember(actor, readParam((await params).id, memberId), ctx))),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
