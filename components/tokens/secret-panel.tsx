"use client";

import { Check, Copy, type LucideIcon } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { CalendarDate } from "@/components/ui/relative-time";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { curlLine } from "./curl-line";
import { downloadEnvFile } from "./env-file";
import { LeaveQuestion } from "./leave-question";

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
  onStay: () => void;
  onDone: () => void;
};

type Part = "token" | "curl";

/** The secret, this once, readable or hidden as the policy has it; copied without revealing. It is kept in memory alone. */
export function SecretPanel(props: SecretPanelProps) {
  const { token, secret, apiUrl, closing, shown, kept, onKept, asking, onStay, onDone } = props;
  const [revealed, setRevealed] = useState(shown === "plain");
  const [copied, setCopied] = useState<Part | null>(null);
  const [byHand, setByHand] = useState<Part | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const texts = { token: useRef<HTMLElement>(null), curl: useRef<HTMLElement>(null) };

  // At first, and again on the way back from the question.
  useEffect(() => {
    if (!asking) box.current?.focus();
  }, [asking]);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(null), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  useSelected(texts.token, byHand === "token" && secret !== null);
  useSelected(texts.curl, byHand === "curl" && secret !== null);

  function noticeCopy(part: Part) {
    setCopied(part);
    onKept();
  }

  async function copy(part: Part) {
    if (!secret) return;
    try {
      await navigator.clipboard.writeText(part === "token" ? secret : curlLine(apiUrl, secret));
      setByHand(null);
      noticeCopy(part);
    } catch {
      // Plain http, or a permission that was refused: shown and selected, it can be copied by hand.
      if (part === "token") setRevealed(true);
      setByHand(part);
    }
  }

  const publicPart = secret ? secret.slice(0, secret.lastIndexOf("_") + 1) : token.masked.replace("…", "");
  const readable = revealed && secret !== null;
  return (
    <>
      <DialogBody className="gap-5!">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          <fieldset
            ref={box}
            tabIndex={-1}
            aria-label={readable ? "Your token" : "Your token, hidden"}
            className="flex min-w-0 overflow-hidden rounded-[10px] border border-line-strong max-sm:grid max-sm:grid-cols-2"
          >
            <code
              ref={texts.token}
              translate="no"
              onCopy={() => readable && noticeCopy("token")}
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
              onClick={() => setRevealed(!revealed)}
              words={["Reveal", "Hide"]}
              now={readable ? "Hide" : "Reveal"}
              what="token"
            />
            <Segment
              primary={!kept}
              icon={copied === "token" ? Check : Copy}
              onClick={() => copy("token")}
              words={["Copy", "Copied"]}
              now={copied === "token" ? "Copied" : "Copy"}
              what="token"
            />
          </fieldset>
          {byHand === "token" && <ByHand what="The token" />}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
          <div className="relative rounded-[10px] bg-hover">
            {/* Scrolls rather than wraps, as a command does; hence the focus. */}
            <section
              aria-label="A first call with this token"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              className="overflow-x-auto rounded-[10px] px-3 py-3 pr-16"
            >
              <pre className="font-mono text-xs leading-5">
                <code ref={texts.curl} translate="no" onCopy={() => byHand === "curl" && noticeCopy("curl")}>
                  {curlLine(apiUrl, byHand === "curl" && secret ? secret : token.masked)}
                </code>
              </pre>
            </section>
            <Button
              variant="ghost"
              size="xs"
              className="absolute! top-2 right-2 bg-hover!"
              onClick={() => copy("curl")}
            >
              <Swap words={["Copy", "Copied"]} now={copied === "curl" ? "Copied" : "Copy"} />
              <span className="sr-only"> command with the whole token</span>
            </Button>
          </div>
          {byHand === "curl" && <ByHand what="The command" />}
        </div>
        <p role="status" className="sr-only">
          {copied === "token" ? "Copied the token" : copied === "curl" ? "Copied the command" : ""}
        </p>
        {closing === "checkbox" && !asking && (
          <CheckboxField
            label="I saved the secret key"
            checked={confirmed}
            onCheckedChange={(value) => setConfirmed(value === true)}
          />
        )}
      </DialogBody>
      {asking ? (
        <LeaveQuestion kept={kept} onStay={onStay} onLeave={onDone} />
      ) : (
        <DialogFooter aside={<Summary token={token} />}>
          <Button
            onClick={() => {
              if (!secret) return;
              downloadEnvFile(token.name, secret);
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
            <Button variant={kept ? "primary" : "secondary"} onClick={onDone}>
              {closing === "button" ? "OK, I've copied token" : "Close"}
            </Button>
          )}
        </DialogFooter>
      )}
    </>
  );
}

function Summary({ token }: { token: TokenRow }) {
  return (
    <>
      <bdi className="[overflow-wrap:anywhere]">{token.role?.name ?? "Your permissions"}</bdi>
      {" · "}
      {token.expiresAt ? <CalendarDate value={token.expiresAt} /> : "never expires"}
    </>
  );
}

/** One of the buttons that the box ends with. The main one until the token is kept: then it is the way out. */
function Segment({
  words,
  now,
  what,
  icon: Icon,
  primary = false,
  onClick,
}: {
  words: [string, string];
  now: string;
  what: string;
  icon?: LucideIcon;
  primary?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        "flex shrink-0 items-center justify-center gap-1.5 border-line px-3 font-medium text-sm transition-colors",
        "focus-visible:-outline-offset-2 max-sm:min-h-11 max-sm:border-t sm:border-l max-sm:last:border-l",
        primary ? "bg-primary text-on-primary hover:bg-primary-hover" : "hover:bg-hover",
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-3.5" />}
      <Swap words={words} now={now} />
      <span className="sr-only"> {what}</span>
    </button>
  );
}

/** Both words take the same place, so that the button keeps its width. */
function Swap({ words, now }: { words: [string, string]; now: string }) {
  return (
    <span className="grid *:[grid-area:1/1]">
      {words.map((word) => (
        <span key={word} className={word === now ? undefined : "invisible"} aria-hidden={word !== now}>
          {word}
        </span>
      ))}
    </span>
  );
}

function ByHand({ what }: { what: string }) {
  return (
    <p role="status" className="text-pretty text-soft text-xs">
      The clipboard is not available here. {what} is selected: copy it with Ctrl+C, or ⌘C on a Mac.
    </p>
  );
}

/** Selects what the element holds, from when `on` turns true. */
function useSelected(element: RefObject<HTMLElement | null>, on: boolean) {
  useEffect(() => {
    if (on && element.current) window.getSelection()?.selectAllChildren(element.current);
  }, [on, element]);
}
