import type { Metadata } from "next";
import { DocsBar } from "@/components/api-reference/docs-bar";
import { ScalarReference } from "@/components/api-reference/scalar-reference";
import { SkipLink } from "@/components/shell/skip-link";
import scalar from "../../node_modules/@scalar/api-reference/dist/browser/standalone.js";

export const metadata: Metadata = { title: "API reference" };

export default function ReferencePage() {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <DocsBar current="reference" wide />
      <div id="main" tabIndex={-1} className="outline-none">
        <aside
          aria-label="For newcomers"
          className="border-line border-b bg-brass-wash px-5 py-2.5 text-pretty text-brass-ink text-sm max-sm:px-4"
        >
          New here? The{" "}
          <a href="/docs/guide" className="font-medium underline underline-offset-3">
            guide
          </a>{" "}
          leads to a first call; with a{" "}
          <a href="/docs/guide#client-credentials" className="font-medium underline underline-offset-3">
            client ID and secret
          </a>{" "}
          in under two minutes.
        </aside>
        <ScalarReference script={scalar} api="/api/v1/openapi.json" />
      </div>
    </div>
  );
}
