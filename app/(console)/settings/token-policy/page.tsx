import type { Metadata } from "next";
import { PolicyScreen } from "@/components/policy/policy-screen";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, requireMember } from "@/lib/auth/require-member";
import { getPolicy } from "@/lib/tokens/get-policy";
import { previewPolicyAction, updatePolicyAction } from "./actions";

export const metadata: Metadata = { title: "Token policy" };

export default async function TokenPolicyPage() {
  const member = await requireMember();
  const session = await currentSession();
  const view = await getPolicy(member, await requestContext());
  if (!view.ok) return <NoPermissionPanel title="Token policy" permission="organization:manage" />;
  return (
    <PolicyScreen
      view={view.value}
      organizationName={session?.organization?.name ?? ""}
      preview={previewPolicyAction}
      save={updatePolicyAction}
    />
  );
}
