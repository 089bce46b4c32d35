import { NotFoundPanel } from "@/components/shell/not-found-panel";
import { organizationWords } from "@/lib/auth/require-member";

export default async function GroupNotFound() {
  const words = (await organizationWords()).groups;
  return (
    <NotFoundPanel
      title={`There is no such ${words.one} here`}
      description="The address may be mistyped, or you are not in it."
      back={{ href: "/groups", label: `Back to ${words.title}` }}
    />
  );
}
