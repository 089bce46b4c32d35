"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { useForgetting } from "./use-forgetting";
import { useHeldEntry } from "./use-held-entry";

type ShownSecretOptions = {
  closing: TokenPolicy["closing"];
  /** Closes the dialog. */
  close: () => void;
  /** After it was left. What moves on to another page goes through `release`. */
  onDone: (token: TokenRow, release: (then: () => void) => void) => void;
};

/**
 * The one sight of a secret in a dialog. Its one place is the memory of this component, until the dialog is left; whoever
 * leaves without a copy is asked first.
 */
export function useShownSecret({ closing, close, onDone }: ShownSecretOptions) {
  const [shown, setShown] = useState<{ token: TokenRow; secret: string | null } | null>(null);
  const [kept, setKept] = useState(false);
  const [asking, setAsking] = useState(false);

  /** The secret goes at once; the dialog may still be fading out. */
  function forget() {
    setShown((was) => was && { ...was, secret: null });
    close();
  }

  function done() {
    if (!shown) return;
    forget();
    onDone(shown.token, release);
  }

  /** Somebody wants to leave by another way than the last button. */
  function leave() {
    if (closing === "close" && kept) done();
    else setAsking(!asking);
  }

  const holding = shown?.secret != null;
  useForgetting({ holding, kept, forget });
  const release = useHeldEntry({
    holding,
    asking,
    onBack: () => (closing === "close" && kept ? done() : setAsking(true)),
    onLeave: done,
  });

  return {
    shown,
    holding,
    leave,
    show: (value: { token: TokenRow; secret: string }) => {
      // Nothing of before hangs over the one sight of a secret.
      toast.dismiss();
      setShown(value);
      setKept(false);
      setAsking(false);
    },
    clear: () => setShown(null),
    /** For the panel. */
    panel: {
      closing,
      kept,
      asking,
      onKept: () => {
        setKept(true);
        setAsking(false);
      },
      onAsk: () => setAsking(true),
      onStay: () => setAsking(false),
      onDone: done,
    },
  };
}
