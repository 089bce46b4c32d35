"use client";

import { TriangleAlert } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { LinesInput } from "@/components/ui/lines-input";
import { isPrivateAddress, isWithin, widthSentence } from "@/lib/access/networks";
import { isFull, networkEntries, readNetworkLines, shutOutSentence, withNetwork } from "./network-lines";

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
  const area = useRef<HTMLTextAreaElement>(null);
  const { networks, faults } = readNetworkLines(value, bounds);
  return (
    <div className="grid min-w-0 content-start gap-2">
      <LinesInput
        {...a11y}
        area={area}
        value={value}
        onChange={onChange}
        faults={faults}
        error={error}
        placeholder="Anywhere"
      />
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
