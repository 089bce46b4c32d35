import { RefusalsPage, refusalsMetadata } from "@/app/(console)/settings/api-tokens/refusals-page";
import { requireMember } from "@/lib/auth/require-member";

export const metadata = refusalsMetadata;

export default async function HubPage({ searchParams }: PageProps<"/hub/api-tokens/refusals">) {
  const member = await requireMember("hub");
  return <RefusalsPage member={member} searchParams={searchParams} />;
}
