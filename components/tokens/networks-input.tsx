"use client";

import { TriangleAlert } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import { controlLook } from "@/components/ui/input";
import { isPrivateAddress, isWithin, widthSentence } from "@/lib/access/networks";
import {
  isFull,
  type NetworkFault,
  networkEntries,
  readNetworkLines,
  shutOutSentence,
  withNetwork,
} from "./network-lines";

const LEAST_ROWS = 3;
const MOST_ROWS = 12;
/** Of many faults the first are told; the lines of all are marked. */
const FAULTS_TOLD = 4;

type NetworksInputProps = {
  value: string;
  onChange: (text: string) => void;
  /** Where the person who types is now; null where that is not known. */
  address: string | null;
  /** From where it was called lately, to be said where these leave it out. */
  callers?: readonly string[];
  /** The policy's networks, within which these must lie. */
  bounds?: readonly string[];
  /** What is wrong with the whole, from elsewhere. Then also the line that is being typed is judged. */
  error?: string;
  /** Says what a private address may mean; for who can have the settings of the server changed. */
  aboutProxies?: boolean;
  id?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
};

/** Addresses and blocks, one a line, with what is wrong marked at its line, and one's own address to add. */
export function NetworksInput(props: NetworksInputProps) {
  const { value, onChange, address, callers = [], bounds = [], error, aboutProxies = false, ...a11y } = props;
  const id = useId();
  // What somebody is in the middle of typing is not wrong yet.
  const [typing, setTyping] = useState<number | null>(null);
  const [scrolled, setScrolled] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const { networks, faults: all } = readNetworkLines(value, bounds);
  const faults = error === undefined ? all.filter(({ line }) => line === null || line !== typing) : all;
  const shown = faults.slice(0, FAULTS_TOLD);
  const general = error !== undefined && all.length === 0 ? error : undefined;
  const lines = value.split("\n").length;
  const wrong = new Set(faults.map(({ line }) => line));
  const untold = new Set(faults.slice(FAULTS_TOLD).map(({ line }) => line));
  for (const { line } of shown) untold.delete(line);
  const described = [a11y["aria-describedby"], (shown.length > 0 || general) && `${id}-faults`].filter(Boolean);
  return (
    <div className="grid min-w-0 content-start gap-2">
      <div className="relative">
        <textarea
          ref={area}
          {...a11y}
          aria-describedby={described.join(" ") || undefined}
          aria-invalid={faults.length > 0 || general ? true : undefined}
          className={classNames(
            controlLook,
            "block resize-none overflow-x-auto whitespace-pre py-2 pl-12! font-mono leading-6 tracking-normal max-sm:pl-13!",
            "placeholder:font-sans",
          )}
          wrap="off"
          rows={Math.min(MOST_ROWS, Math.max(LEAST_ROWS, lines))}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          placeholder="Anywhere"
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
            setTyping(lineOf(event.target));
          }}
          onSelect={(event) => setTyping((line) => (line === null ? null : lineOf(event.currentTarget)))}
          onBlur={() => setTyping(null)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        />
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-px left-px w-10 overflow-hidden rounded-l-control border-line border-r bg-hover"
        >
          <div className="py-2 font-mono text-xs" style={{ transform: `translateY(${-scrolled}px)` }}>
            {Array.from({ length: lines }, (_, index) => index + 1).map((line) => (
              <div
                key={line}
                className={classNames(
                  "h-6 pr-2.5 text-right leading-6",
                  wrong.has(line) ? "bg-red-wash font-semibold text-red-ink" : "text-faint",
                )}
              >
                {line}
              </div>
            ))}
          </div>
        </div>
      </div>
      {(shown.length > 0 || general) && (
        <div id={`${id}-faults`} className="grid gap-1">
          {general && <FieldError>{general}</FieldError>}
          {shown.map((fault) => (
            <Fault key={`${fault.line} ${fault.sentence}`} fault={fault} />
          ))}
          {untold.size > 0 && (
            <p className="pl-5 text-red-ink text-xs">
              {untold.size === 1 ? "1 more line is" : `${untold.size} more lines are`} marked in the same way.
            </p>
          )}
        </div>
      )}
      {networks.map((network) => (
        <Warning key={network} sentence={widthSentence(network)} />
      ))}
      {faults.length === 0 && <Warning sentence={shutOutSentence(networks, callers)} />}
      {address && (
        <OwnAddress
          address={address}
          networks={networks}
          isEmpty={networkEntries(value).length === 0}
          mayAdd={!isFull(value) && (bounds.length === 0 || bounds.some((bound) => isWithin(address, bound)))}
          onAdd={() => {
            onChange(withNetwork(value, address));
            // The button goes: it has nothing left to add.
            area.current?.focus();
          }}
        />
      )}
      {address && aboutProxies && value.trim() !== "" && isPrivateAddress(address) && (
        <p className="max-w-[60ch] text-pretty text-soft text-xs">
          That is an address of a private network. If that is your proxy, every call through it seems to come from
          there: <code className="font-mono">TRUSTED_PROXIES</code> in Latchkey’s settings makes the callers’ own known.
        </p>
      )}
    </div>
  );
}

const lineOf = (area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split("\n").length;

const Fault = ({ fault: { line, sentence } }: { fault: NetworkFault }) => (
  <FieldError>
    {line !== null && <span className="font-semibold">Line {line}: </span>}
    {sentence}
  </FieldError>
);

function Warning({ sentence }: { sentence: string | null }) {
  if (!sentence) return null;
  return (
    <p role="status" className="flex items-start gap-1.5 text-amber-ink text-xs [overflow-wrap:anywhere]">
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      {sentence}
    </p>
  );
}

type OwnAddressProps = {
  address: string;
  networks: readonly string[];
  isEmpty: boolean;
  mayAdd: boolean;
  onAdd: () => void;
};

function OwnAddress({ address, networks, isEmpty, mayAdd, onAdd }: OwnAddressProps) {
  const isListed = networks.some((network) => isWithin(address, network));
  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-2.5 gap-y-1 text-soft text-xs">
      <span>
        You are at <span className="font-mono text-ink [overflow-wrap:anywhere]">{address}</span>
        {isListed ? ", which is among them." : isEmpty || !mayAdd ? "." : ", which is not among them."}
      </span>
      {!isListed && mayAdd && (
        <Button size="xs" className="text-xs!" onClick={onAdd}>
          Add my address
        </Button>
      )}
    </p>
  );
}
