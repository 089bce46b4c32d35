"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { NearDate } from "@/components/ui/relative-time";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { ClientIdBox } from "./client-id-box";
import { ClientUse } from "./client-use";
import { firstCall } from "./curl-line";
import { downloadEnvFile } from "./env-file";
import { FirstCall } from "./first-call";
import { LeaveQuestion } from "./leave-question";
import { networksInWords } from "./network-lines";
import { ByHand, CopySegment, Segment, useSelected } from "./secret-parts";

type SecretPanelProps = {
  token: TokenRow;
  /** Null once the dialog is left: what is still fading out holds no secret any more. */
  secret: string | null;
  apiUrl: string;
  closing: TokenPolicy["closing"];
  /** Whether the secret is readable at once or hidden until *Reveal*. */
  shown: TokenPolicy["secretShown"];
  /** Whether the secret was copied or saved in some way that can be noticed. */
  kept: boolean;
  onKept: () => void;
  /** The person asked to leave by another way than the last button. */
  asking: boolean;
  onAsk: () => void;
  onStay: () => void;
  onDone: () => void;
  /** What it is to lose it, where that is not the token. */
  lost?: string;
  /** The expiry that its first use gives the token; null where it has its own. */
  renewsTo?: Date | null;
  /** What the first call with it sets going. */
  starts?: string;
};

type Part = "secret" | "curl" | "id";

/**
 * The secret, this once, readable or hidden as the policy has it; copied without revealing. A client's has its id above it,
 * and below a command that exchanges both. It is kept in memory alone.
 */
export function SecretPanel(props: SecretPanelProps) {
  const { token, secret, apiUrl, closing, shown, kept, onKept, asking, onAsk, onStay, onDone, lost, starts, renewsTo } =
    props;
  const [revealed, setRevealed] = useState(shown === "plain");
  const [seen, setSeen] = useState(revealed);
  const [copied, setCopied] = useState<Part | null>(null);
  const [byHand, setByHand] = useState<Part | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const texts = {
    secret: useRef<HTMLElement>(null),
    curl: useRef<HTMLElement>(null),
    id: useRef<HTMLElement>(null),
  };
  const isClient = token.kind === "cls";
  const what = isClient ? "client secret" : "token";

  // At first, and again on the way back from the question.
  useEffect(() => {
    if (!asking) box.current?.focus();
  }, [asking]);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(null), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  useSelected(texts.secret, byHand === "secret" && secret !== null);
  useSelected(texts.id, byHand === "id");
  useSelected(texts.curl, byHand === "curl" && secret !== null);

  function noticeCopy(part: Part) {
    setCopied(part);
    if (part !== "id") onKept();
  }

  function reveal(on: boolean) {
    setRevealed(on);
    if (on) setSeen(true);
  }

  async function copy(part: Part) {
    if (!secret) return;
    try {
      await navigator.clipboard.writeText({ secret, curl: firstCall(apiUrl, token, secret), id: token.id }[part]);
      setByHand(null);
      noticeCopy(part);
    } catch {
      // Plain http, or a permission that was refused: shown and selected, it can be copied by hand.
      if (part === "secret") reveal(true);
      setByHand(part);
    }
  }

  const publicPart = secret ? secret.slice(0, secret.lastIndexOf("_") + 1) : token.masked.replace("…", "");
  const readable = revealed && secret !== null;
  return (
    <>
      <DialogBody className="gap-5!">
        {isClient && (
          <ClientIdBox
            id={token.id}
            copied={copied === "id"}
            byHand={byHand === "id"}
            text={texts.id}
            onCopy={() => copy("id")}
          />
        )}
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          {isClient && (
            <p aria-hidden="true" className="-mb-0.5 font-medium text-sm">
              Client secret
            </p>
          )}
          <fieldset
            ref={box}
            tabIndex={-1}
            aria-label={readable ? `Your ${what}` : `Your ${what}, hidden`}
            className="flex min-w-0 overflow-hidden rounded-[10px] border border-line-strong max-sm:grid max-sm:grid-cols-2"
          >
            <code
              ref={texts.secret}
              translate="no"
              onCopy={() => readable && noticeCopy("secret")}
              className={classNames(
                // Hidden or not, it takes two lines: nothing moves when it is revealed.
                "min-h-[calc(2lh+1.25rem)] min-w-0 flex-1 self-center break-all max-sm:col-span-2 px-3 py-2.5 font-mono text-sm",
                !readable && "select-none",
              )}
            >
              {readable ? (
                secret
              ) : (
                <>
                  {publicPart}
                  <span aria-hidden="true">{"•".repeat(49)}</span>
                </>
              )}
            </code>
            <Segment
              onClick={() => reveal(!revealed)}
              icon={
                readable ? (
                  <EyeOff aria-hidden="true" className="size-4" />
                ) : (
                  <Eye aria-hidden="true" className="size-4" />
                )
              }
              what={`${readable ? "Hide" : "Reveal"} ${what}`}
            />
            <CopySegment copied={copied === "secret"} what={what} primary={!kept} onClick={() => copy("secret")} />
          </fieldset>
          {byHand === "secret" && <ByHand what={`The ${what}`} />}
        </div>
        <FirstCall
          line={firstCall(apiUrl, token, byHand === "curl" ? secret : null)}
          what={what}
          copied={copied === "curl"}
          byHand={byHand === "curl"}
          text={texts.curl}
          onCopy={() => copy("curl")}
          onCopiedByHand={() => noticeCopy("curl")}
          starts={starts}
        />
        {isClient && <ClientUse />}
        <p role="status" className="sr-only">
          {copied
            ? { secret: `Copied the ${what}`, curl: "Copied the command", id: "Copied the client ID" }[copied]
            : ""}
        </p>
      </DialogBody>
      {/* What must be ticked is never scrolled out of sight. */}
      {closing === "checkbox" && !asking && (
        <div className="shrink-0 px-6 pt-3 max-sm:px-4">
          <CheckboxField
            label="I saved the secret key"
            checked={confirmed}
            onCheckedChange={(value) => setConfirmed(value === true)}
          />
        </div>
      )}
      {asking ? (
        <LeaveQuestion kept={kept} lost={lost} onStay={onStay} onLeave={onDone} />
      ) : (
        <DialogFooter aside={<Summary token={token} renewsTo={renewsTo ?? null} />}>
          <Button
            onClick={() => {
              if (!secret) return;
              downloadEnvFile(token, secret);
              onKept();
            }}
          >
            Download .env
          </Button>
          {closing === "checkbox" ? (
            <Button
              variant={kept || confirmed ? "primary" : "secondary"}
              disabledReason={confirmed ? null : "First say that you saved the secret."}
              onClick={onDone}
            >
              Save token
            </Button>
          ) : (
            <Button variant={kept ? "primary" : "secondary"} onClick={kept || seen ? onDone : onAsk}>
              {closing === "button" ? "OK, I've copied token" : "Close"}
            </Button>
          )}
        </DialogFooter>
      )}
    </>
  );
}

function Summary({ token, renewsTo }: { token: TokenRow; renewsTo: Date | null }) {
  return (
    <>
      <bdi className="[overflow-wrap:anywhere]">{token.role?.name ?? "Your permissions"}</bdi>
      {" · "}
      {token.expiresAt ? (
        <>
          expires <NearDate value={token.expiresAt} />
          {renewsTo && (
            <>
              , once used <NearDate value={renewsTo} />
            </>
          )}
        </>
      ) : (
        "never expires"
      )}
      {token.allowedNetworks.length > 0 && (
        <>
          {" · allowed networks "}
          <span className="[overflow-wrap:anywhere]">{networksInWords(token.allowedNetworks)}</span>
        </>
      )}
    </>
  );
}
