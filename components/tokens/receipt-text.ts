import type { ReceiptInstance, RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import { counted } from "./counted";

/** What a receipt comes to: all refuse it; some have not said so; there is nothing to show. */
export type ReceiptState = "complete" | "open" | "empty";

export function receiptState({ instances, refusedEverywhereAfter }: RevocationReceipt): ReceiptState {
  if (instances.length === 0) return "empty";
  return refusedEverywhereAfter === null ? "open" : "complete";
}

/** "Refused everywhere after 0.2 s, 3 of 3 instances". */
export function receiptSentence(receipt: RevocationReceipt): string {
  const { confirmed, asked, silent } = counts(receipt);
  switch (receiptState(receipt)) {
    case "complete":
      if (asked === 0) return "Refused everywhere: what served it has stopped";
      return `Refused everywhere after ${durationText(receipt.refusedEverywhereAfter ?? 0).replace(" ", "\u00a0")}, ${ofAll(confirmed, asked)}`;
    case "open": {
      if (silent === asked) return `${counted(asked, "instance")} ${asked === 1 ? "is" : "are"} not heard of`;
      const unheard = silent > 0 ? `; ${silent.toLocaleString("en")} ${silent === 1 ? "is" : "are"} not heard of` : "";
      if (confirmed === 0) return `Waiting for ${counted(asked, "instance")}${unheard}`;
      const awaited = confirmed + silent < asked ? " so far" : "";
      return `Refused by ${ofAll(confirmed, asked)}${awaited}${unheard}`;
    }
    case "empty":
      return "Its next call is refused";
  }
}

/** Why there is nothing to show, for the record of a token that is gone. */
export function receiptRemark({ isKept }: RevocationReceipt, removal: "deletion" | "revocation"): string {
  return isKept
    ? "No instance was serving at that moment, so there was none to confirm it."
    : `What each instance confirmed is kept for a day after the ${removal} and is gone by now.`;
}

/** Those that have not said that they refuse it. */
export const missingInstances = ({ instances }: RevocationReceipt): ReceiptInstance[] => instances.filter(isMissing);

const isMissing = ({ state }: ReceiptInstance) => state === "waiting" || state === "silent";

/** All of them, those that are missing first. */
export const instancesByNeed = ({ instances }: RevocationReceipt): ReceiptInstance[] => [
  ...instances.filter(isMissing),
  ...instances.filter((instance) => !isMissing(instance)),
];

/** Which of a host's servers it is, beside the host's name. */
export const serverText = ({ server }: ReceiptInstance): string => (server === "gate" ? "gate" : "console");

/** Seconds with one digit that means something: "0.03 s", "0.2 s", "12 s". */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 9.95) return `${Math.round(seconds).toLocaleString("en")} s`;
  return `${seconds >= 0.095 ? seconds.toFixed(1) : Math.max(0.01, seconds).toFixed(2)} s`;
}

/** Whoever stopped serves nobody, and is not asked. */
function counts({ instances }: RevocationReceipt) {
  return {
    confirmed: instances.filter(({ state }) => state === "confirmed").length,
    asked: instances.filter(({ state }) => state !== "stopped").length,
    silent: instances.filter(({ state }) => state === "silent").length,
  };
}

/** Never broken over two lines. */
const ofAll = (some: number, all: number) =>
  `${some.toLocaleString("en")} of ${counted(all, "instance")}`.replaceAll(" ", "\u00a0");
