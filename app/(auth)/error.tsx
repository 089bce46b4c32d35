"use client";

import { AuthShell } from "@/components/shell/auth-shell";
import { Button } from "@/components/ui/button";

export default function AuthError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <AuthShell
      title="Latchkey cannot answer just now"
      description="It may not reach its database. Nothing is lost; try again in a moment."
      footer={error.digest && `Reference ${error.digest}`}
    >
      <Button variant="primary" className="w-full" onClick={reset}>
        Try again
      </Button>
    </AuthShell>
  );
}
