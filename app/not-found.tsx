import type { Metadata } from "next";
import { NotFoundPanel } from "@/components/shell/not-found-panel";
import { HOME } from "@/lib/auth/safe-return-to";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4">
      <NotFoundPanel back={{ href: HOME, label: "Go to API tokens" }} />
    </main>
  );
}
