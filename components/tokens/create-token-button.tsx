"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { TokenRow } from "@/lib/tokens/token-row";
import { CreateTokenForm } from "./create-token-form";
import { whyClosed } from "./issuer-field";
import { leaveUnlisted, markNewToken, takeUnlisted } from "./new-token";
import { SecretPanel } from "./secret-panel";
import type { CreateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { asksNothing, useCreateToken } from "./use-create-token";
import { useForgetting } from "./use-forgetting";
import { useHeldEntry } from "./use-held-entry";

type CreateTokenButtonProps = {
  options: CreateOptions;
  create: CreateAction;
  organizationName: string;
  /** The origin of the public API, for a first call to paste. */
  apiUrl: string;
  /** Where the place says already what is created. */
  short?: boolean;
  /** The service account that it starts with, where the place is about that account. */
  accountId?: string;
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The button and its dialog: first the form, then the secret, this once. Also opens on `latchkey:create-token`. Who
 * is no issuer gets no button: the page says in words who is.
 */
export function CreateTokenButton({
  options,
  create,
  organizationName,
  apiUrl,
  short = false,
  accountId,
}: CreateTokenButtonProps) {
  const words = useTokenWords();
  const router = useRouter();
  const [openedAt, setOpenedAt] = useState<Date | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  // The one place of the secret: memory of this component, until the dialog is left.
  const [created, setCreated] = useState<{ token: TokenRow; secret: string | null } | null>(null);
  const [kept, setKept] = useState(false);
  const [asking, setAsking] = useState(false);
  const draft = useCreateToken(
    options,
    create,
    (value) => {
      // Nothing of before hangs over the one sight of a secret.
      toast.dismiss();
      setCreated(value);
      setKept(false);
      setAsking(false);
    },
    accountId,
  );
  // A limit of one's own does not stand in the way of an account.
  const full = options.refusal?.code === "issuer_limit_reached" && options.accounts.some((account) => !account.refusal);
  const own = options.refusal && !full ? refusalSentence(options.refusal, words) : null;
  const ofAccount = options.accounts.find(({ id }) => id === accountId)?.refusal;
  const refusal = accountId ? (ofAccount ? whyClosed(ofAccount, words) : null) : own;
  const issuerId = useWatch({ control: draft.form.control, name: "issuer_id" });
  const issuer = options.accounts.find(({ id }) => id === issuerId);
  const { closing } = options.policy;
  const isClient = created?.token.kind === "cls";

  function open() {
    if (refusal) return toast.info(refusal);
    setCreated(null);
    draft.reopen();
    setOpenedAt(new Date());
    setIsOpen(true);
    // With nothing to ask, the one press is enough; what goes wrong is said where the form would be.
    if (asksNothing(options)) void draft.submit();
  }

  /** The secret goes at once; the dialog may still be fading out. */
  function forget() {
    setCreated((was) => was && { ...was, secret: null });
    setIsOpen(false);
  }

  function done() {
    if (!created) return;
    forget();
    markNewToken(created.token.id);
    toast.success(`${capital(words.one)} created`, {
      description: <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{created.token.name}</bdi>,
    });
    release(() => router.refresh());
  }

  function change(next: boolean) {
    if (next) return open();
    // An answer under way may hold the only copy of a secret.
    if (draft.isSending()) return;
    if (!created) return setIsOpen(false);
    if (closing === "close" && kept) return done();
    setAsking(!asking);
  }

  const holding = created?.secret != null;
  useForgetting({ holding, kept, forget });
  const release = useHeldEntry({
    holding,
    asking,
    onBack: () => (closing === "close" && kept ? done() : setAsking(true)),
    onLeave: done,
  });
  // Going back to another page takes this one away before anything here can hear of it.
  useEffect(() => (holding ? leaveUnlisted : undefined), [holding]);
  useEffect(() => {
    if (takeUnlisted()) router.refresh();
  }, [router]);

  const onCommand = useEffectEvent(open);
  useEffect(() => {
    const listen = (event: Event) => {
      // Tells whoever asked that somebody heard.
      event.preventDefault();
      onCommand();
    };
    window.addEventListener("latchkey:create-token", listen);
    return () => window.removeEventListener("latchkey:create-token", listen);
  }, []);

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      {options.refusal?.code !== "not_an_issuer" && (
        <DialogTrigger asChild>
          <Button variant="primary" disabledReason={refusal}>
            {short ? words.submit : words.create}
          </Button>
        </DialogTrigger>
      )}
      <DialogContent
        title={created ? (isClient ? "Copy your client secret now" : "Copy your token now") : words.create}
        description={
          created ? (
            <>
              <bdi title={created.token.name} className="line-clamp-2 font-medium text-ink">
                {created.token.name}
              </bdi>
              This is the only time that its secret is shown. We keep only a fingerprint.
            </>
          ) : (
            <>
              For a program that calls the <bdi>{organizationName}</bdi> API{" "}
              {issuer ? (
                <>
                  as the service account <bdi className="[overflow-wrap:anywhere]">{issuer.name}</bdi>.
                </>
              ) : (
                "on your behalf."
              )}
            </>
          )
        }
        dismissible={!created || closing === "close"}
        // Never silent: where leaving is not open, `change` asks.
        onEscapeKeyDown={undefined}
        onInteractOutside={undefined}
      >
        <p role="status" className="sr-only">
          {created ? "The token was created. Copy its secret now: it is shown only this once." : ""}
        </p>
        {created ? (
          <SecretPanel
            token={created.token}
            secret={created.secret}
            apiUrl={apiUrl}
            closing={closing}
            shown={options.policy.secretShown}
            kept={kept}
            onKept={() => {
              setKept(true);
              setAsking(false);
            }}
            asking={asking}
            onAsk={() => setAsking(true)}
            onStay={() => setAsking(false)}
            onDone={done}
          />
        ) : (
          openedAt && (
            <CreateTokenForm
              form={draft.form}
              expiry={draft.expiry}
              onExpiry={draft.setExpiry}
              trouble={draft.trouble}
              submit={draft.submit}
              options={options}
              openedAt={openedAt}
            />
          )
        )}
      </DialogContent>
    </Dialog>
  );
}
