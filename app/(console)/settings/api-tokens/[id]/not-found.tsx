import { NotFoundPanel } from "@/components/shell/not-found-panel";

export default function TokenNotFound() {
  return (
    <NotFoundPanel
      title="There is no such token here"
      description="The address may be mistyped, or the token belongs to somebody whose tokens are not yours to see."
      back={{ href: "/settings/api-tokens", label: "Back to API tokens" }}
    />
  );
}
