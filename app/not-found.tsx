import type { Metadata } from "next";
import { NotFoundPanel } from "@/components/shell/not-found-panel";
import { HOME } from "@/lib/auth/safe-return-to";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main">
      <NotFoundPanel back={{ href: HOME, label: "Back to Latchkey" }} />
    </main>
  );
}
