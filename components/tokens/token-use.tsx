"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { TokenRow } from "@/lib/tokens/token-row";
import { ClientUse } from "./client-use";
import { firstCall } from "./curl-line";

/** How to call with it. The secret is nowhere to be shown, so a variable stands for it. */
export function TokenUse({ token, apiUrl }: { token: Pick<TokenRow, "id" | "kind">; apiUrl: string }) {
  const isClient = token.kind === "cls";
  const line = firstCall(apiUrl, token, null);
  return (
    <Card aria-label="Use it">
      <CardHeader
        title="Use it"
        description={isClient ? "With its secret in LATCHKEY_CLIENT_SECRET." : "With its secret in LATCHKEY_TOKEN."}
        action={<CopyButton value={line} what="the command" />}
      />
      <CardBody>
        {/* Wraps: the card is narrow, and what is copied is the line itself. */}
        <section aria-label="A call with this token" className="rounded-[10px] bg-hover px-3 py-3">
          <pre className="whitespace-pre-wrap font-mono text-xs leading-5 [overflow-wrap:anywhere]">{line}</pre>
        </section>
        {isClient && (
          <div className="mt-3">
            <ClientUse />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
