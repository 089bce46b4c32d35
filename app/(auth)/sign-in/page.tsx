import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { DemoAccounts } from "@/components/auth/demo-accounts";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthShell } from "@/components/shell/auth-shell";
import { demoOffer } from "@/lib/auth/demo-offer";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession } from "@/lib/auth/require-member";
import { safeReturnTo } from "@/lib/auth/safe-return-to";
import { isSetUp } from "@/lib/auth/setup-code";
import { isMailboxOpen } from "@/lib/mail/configured-mailer";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const returnTo = safeReturnTo((await searchParams).return_to);
  if (await currentSession()) redirect(returnTo as Route);
  const { db } = await requestContext();
  if (!(await isSetUp(db))) redirect("/setup");
  const offer = demoOffer();
  return (
    <AuthShell
      title="Sign in to Latchkey"
      footer={
        offer && <DemoAccounts offer={offer} hasMailbox={isMailboxOpen()} returnTo={returnTo} signIn={signInAction} />
      }
    >
      <SignInForm returnTo={returnTo} signIn={signInAction} />
    </AuthShell>
  );
}
