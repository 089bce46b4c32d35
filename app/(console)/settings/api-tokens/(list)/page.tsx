import { requireMember } from "@/lib/auth/require-member";
import { TokensPage, tokensMetadata } from "../tokens-page";

export const generateMetadata = tokensMetadata;

export default async function Page({ searchParams }: PageProps<"/settings/api-tokens">) {
  const member = await requireMember();
  return <TokensPage member={member} searchParams={searchParams} />;
}
