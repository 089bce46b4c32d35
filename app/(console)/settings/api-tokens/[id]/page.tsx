import { requireMember } from "@/lib/auth/require-member";
import { TokenPage, tokenMetadata } from "../token-page";

export const generateMetadata = async ({ params }: PageProps<"/settings/api-tokens/[id]">) =>
  tokenMetadata(await requireMember(), (await params).id);

export default async function Page({ params }: PageProps<"/settings/api-tokens/[id]">) {
  const member = await requireMember();
  return <TokenPage member={member} id={(await params).id} />;
}
