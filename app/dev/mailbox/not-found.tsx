import { NotFoundPanel } from "@/components/shell/not-found-panel";

export default function MessageNotFound() {
  return (
    <main id="main">
      <NotFoundPanel back={{ href: "/", label: "Back to Latchkey" }} />
    </main>
  );
}
