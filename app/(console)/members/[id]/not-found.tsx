import { NotFoundPanel } from "@/components/shell/not-found-panel";

export default function MemberNotFound() {
  return (
    <NotFoundPanel
      title="There is no such member here"
      description="The address may be mistyped, or the member is in no group of yours."
      back={{ href: "/members", label: "Back to Members" }}
    />
  );
}
