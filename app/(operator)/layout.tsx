import type { ReactNode } from "react";
import { OperatorShell } from "@/components/operator/operator-shell";
import { requireOperator } from "@/lib/auth/require-member";
import { signOutAction } from "../(auth)/sign-in/actions";

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const { name, email } = await requireOperator();
  return (
    <OperatorShell person={{ name, email }} signOut={signOutAction}>
      {children}
    </OperatorShell>
  );
}
