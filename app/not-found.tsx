import type { Metadata, Route } from "next";
import Link from "next/link";
import { AuthShell } from "@/components/shell/auth-shell";
import { Button } from "@/components/ui/button";
import { HOME } from "@/lib/auth/safe-return-to";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <AuthShell
      title="There is nothing here"
      description="The address may be mistyped, or what was here is gone or not yours to see."
    >
      <Button variant="primary" className="w-full" asChild>
        <Link href={HOME as Route}>Back to Latchkey</Link>
      </Button>
    </AuthShell>
  );
}
