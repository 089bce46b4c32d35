"use client";

import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { type Action, type ActionResult, actionSentence } from "@/lib/auth/action-result";
import { invalidFields } from "@/lib/auth/invalid-fields";
import { acceptAsNewInput } from "@/lib/auth/invitation-input";
import type { InvitationView } from "@/lib/auth/open-invitation";
import { signInInput } from "@/lib/auth/sign-in-input";
import type { InvitationActions } from "./invitation-screen";
import { NewPasswordField } from "./new-password-field";
import { PasswordInput } from "./password-input";
import { fieldError } from "./use-sign-in";

type InvitationAnswerProps = {
  invitation: InvitationView;
  code: string;
  signedInAs: string | null;
  actions: InvitationActions;
  onJoined: () => void;
};

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The one way in that is open to whoever looks at the invitation. */
export function InvitationAnswer(props: InvitationAnswerProps) {
  const { invitation, signedInAs } = props;
  if (signedInAs !== null && !same(signedInAs, invitation.email)) return <OtherAccount {...props} />;
  if (signedInAs !== null) return <JoinAsSelf {...props} />;
  return invitation.hasAccount ? <SignInAndJoin {...props} /> : <JoinAsNew {...props} />;
}

/** Runs the steps to membership and opens the organization on a fresh page, which nothing of before is left on. */
function useJoining(onJoined: () => void) {
  const [pending, start] = useTransition();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const run = (steps: () => Promise<ActionResult<{ returnTo: string }>>) =>
    start(async () => {
      const answer = await steps().catch(() => UNREACHABLE);
      setResult(answer);
      if (!answer.ok) return;
      onJoined();
      window.location.assign(answer.value.returnTo);
    });
  return { run, result, setResult, pending: pending || result?.ok === true };
}

function JoinAsNew({ invitation, code, actions, onJoined }: InvitationAnswerProps) {
  const { run, result, setResult, pending } = useJoining(onJoined);
  const [values, setValues] = useState({ name: "", password: "" });
  const form = useRef<HTMLFormElement>(null);
  const text = (field: "name" | "password") => ({
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  });

  function send(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    const input = { ...values, code, email: invitation.email };
    const { error } = acceptAsNewInput.safeParse(input);
    if (!error) return run(() => actions.acceptAsNew(input));
    const invalid = invalidFields(error);
    setResult({ ok: false, invalid });
    form.current?.querySelector<HTMLInputElement>(`[name=${invalid[0]?.field}]`)?.focus();
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={send} className="grid gap-4">
      <Trouble result={result} />
      <EmailField email={invitation.email} hint="You sign in with it." />
      <Field label="Your name" error={fieldError(result, "name")}>
        {(control) => <Input {...control} {...text("name")} autoComplete="name" autoFocus />}
      </Field>
      <NewPasswordField
        {...text("password")}
        about={[...invitation.email.split(/[@.]/), ...values.name.split(/\s+/)]}
        error={fieldError(result, "password")}
      />
      <Button type="submit" variant="primary" loading={pending} className="w-full">
        Accept invitation
      </Button>
    </form>
  );
}

function SignInAndJoin({ invitation, code, actions, onJoined }: InvitationAnswerProps) {
  const { run, result, setResult, pending } = useJoining(onJoined);
  const [password, setPassword] = useState("");

  function send(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    const input = { email: invitation.email, password, return_to: null };
    const { error } = signInInput.safeParse(input);
    if (error) return setResult({ ok: false, invalid: invalidFields(error) });
    run(async () => {
      const signedIn = await actions.signIn(input);
      return signedIn.ok ? actions.acceptAsSelf({ code }) : signedIn;
    });
  }

  return (
    <form method="post" noValidate onSubmit={send} className="grid gap-4">
      <Trouble result={result} />
      <EmailField email={invitation.email} hint="There is an account with it already. Sign in to accept." />
      <Field label="Password" error={fieldError(result, "password")}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            autoFocus
          />
        )}
      </Field>
      <Button type="submit" variant="primary" loading={pending} className="w-full">
        Sign in and accept
      </Button>
    </form>
  );
}

function JoinAsSelf({ invitation, code, actions, onJoined }: InvitationAnswerProps) {
  const { run, result, pending } = useJoining(onJoined);
  return (
    <div className="grid gap-4">
      <Trouble result={result} />
      <p className="text-center text-soft text-sm">
        Signed in as <span className="text-ink [overflow-wrap:anywhere]">{invitation.email}</span>
      </p>
      <Button
        variant="primary"
        loading={pending}
        className="w-full"
        onClick={() => run(() => actions.acceptAsSelf({ code }))}
      >
        Accept invitation
      </Button>
    </div>
  );
}

function OtherAccount({ invitation, signedInAs, actions }: InvitationAnswerProps) {
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [leaving, start] = useTransition();
  return (
    <div className="grid gap-4">
      <Trouble result={result} />
      <p className="text-pretty text-sm">
        The invitation is for <span className="font-medium [overflow-wrap:anywhere]">{invitation.email}</span>, and you
        are signed in as <span className="font-medium [overflow-wrap:anywhere]">{signedInAs}</span>.
      </p>
      <Button
        variant="primary"
        loading={leaving}
        className="w-full"
        onClick={() =>
          start(async () => {
            const answer = await signOut(actions.signOut);
            setResult(answer);
            // The code waits in this tab, so the same invitation opens again.
            if (answer.ok) window.location.reload();
          })
        }
      >
        Sign out and go on
      </Button>
      <Button asChild className="w-full">
        <a href="/">Stay signed in</a>
      </Button>
    </div>
  );
}

const signOut = (action: Action<null>) => action().catch(() => UNREACHABLE);

function EmailField({ email, hint }: { email: string; hint: string }) {
  return (
    <Field label="Email" hint={hint}>
      {(control) => <Input {...control} readOnly name="email" type="email" autoComplete="username" value={email} />}
    </Field>
  );
}

function Trouble({ result }: { result: ActionResult<unknown> | null }) {
  const sentence = result && actionSentence(result);
  return sentence ? (
    <Notice tone="warning" live>
      {sentence}
    </Notice>
  ) : null;
}

const UNREACHABLE: ActionResult<never> = {
  ok: false,
  unavailable: "Latchkey did not answer. Check your connection and try again.",
};
