import { requireMember } from "@/lib/auth/require-member";
import { RefusalsPage, refusalsMetadata } from "../refusals-page";

export const metadata = refusalsMetadata;

export default async function Page({ searchParams }: PageProps<"/settings/api-tokens/refusals">) {
  const member = await requireMember();
  return <RefusalsPage member={member} searchParams={searchParams} />;
}
