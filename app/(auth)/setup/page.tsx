import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/auth/setup-form";
import { AuthShell } from "@/components/shell/auth-shell";
import { requestContext } from "@/lib/auth/request-context";
import { isSetUp } from "@/lib/auth/setup-code";
import { setUpAction } from "./actions";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage() {
  const { db } = await requestContext();
  if (await isSetUp(db)) redirect("/sign-in");
  return (
    <AuthShell
      title="Set up Latchkey"
      description="Name the organization and its first administrator. This page closes for good when you are done."
    >
      <SetupForm setUp={setUpAction} />
    </AuthShell>
  );
}
