import { TokensPage, tokensMetadata } from "@/app/(console)/settings/api-tokens/tokens-page";
import { requireMember } from "@/lib/auth/require-member";

export const generateMetadata = tokensMetadata;

export default async function HubPage({ searchParams }: PageProps<"/hub/api-tokens">) {
  const member = await requireMember("hub");
  return <TokensPage member={member} searchParams={searchParams} />;
}
