import { TokenPage, tokenMetadata } from "@/app/(console)/settings/api-tokens/token-page";
import { requireMember } from "@/lib/auth/require-member";

export const generateMetadata = async ({ params }: PageProps<"/hub/api-tokens/[id]">) =>
  tokenMetadata(await requireMember("hub"), (await params).id);

export default async function HubPage({ params }: PageProps<"/hub/api-tokens/[id]">) {
  const member = await requireMember("hub");
  return <TokenPage member={member} id={(await params).id} />;
}
