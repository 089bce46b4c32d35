"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import { CreateTokenForm } from "./create-token-form";
import { whyClosed } from "./issuer-field";
import { leaveUnlisted, markNewToken, takeUnlisted } from "./new-token";
import { SecretPanel } from "./secret-panel";
import type { CreateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { asksNothing, useCreateToken } from "./use-create-token";
import { useShownSecret } from "./use-shown-secret";

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
  const { closing } = options.policy;
  const { shown, holding, show, clear, leave, panel } = useShownSecret({
    closing,
    close: () => setIsOpen(false),
    onDone: (token, release) => {
      markNewToken(token.id);
      toast.success(`${capital(words.one)} created`, {
        description: <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{token.name}</bdi>,
      });
      release(() => router.refresh());
    },
  });
  const draft = useCreateToken(options, create, show, accountId);
  // A limit of one's own does not stand in the way of an account.
  const full = options.refusal?.code === "issuer_limit_reached" && options.accounts.some((account) => !account.refusal);
  const own = options.refusal && !full ? refusalSentence(options.refusal, words) : null;
  const ofAccount = options.accounts.find(({ id }) => id === accountId)?.refusal;
  const refusal = accountId ? (ofAccount ? whyClosed(ofAccount, words) : null) : own;
  const issuerId = useWatch({ control: draft.form.control, name: "issuer_id" });
  const issuer = options.accounts.find(({ id }) => id === issuerId);
  const isClient = shown?.token.kind === "cls";

  function open() {
    if (refusal) return toast.info(refusal);
    clear();
    draft.reopen();
    setOpenedAt(new Date());
    setIsOpen(true);
    // With nothing to ask, the one press is enough; what goes wrong is said where the form would be.
    if (asksNothing(options)) void draft.submit();
  }

  function change(next: boolean) {
    if (next) return open();
    // An answer under way may hold the only copy of a secret.
    if (draft.isSending()) return;
    if (!shown) return setIsOpen(false);
    leave();
  }

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
        title={shown ? (isClient ? "Copy your client secret now" : "Copy your token now") : words.create}
        description={
          shown ? (
            <>
              <bdi title={shown.token.name} className="line-clamp-2 font-medium text-ink">
                {shown.token.name}
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
        dismissible={!shown || closing === "close"}
        // Never silent: where leaving is not open, `change` asks.
        onEscapeKeyDown={undefined}
        onInteractOutside={undefined}
      >
        <p role="status" className="sr-only">
          {shown ? "The token was created. Copy its secret now: it is shown only this once." : ""}
        </p>
        {shown ? (
          <SecretPanel
            token={shown.token}
            secret={shown.secret}
            apiUrl={apiUrl}
            shown={options.policy.secretShown}
            {...panel}
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
