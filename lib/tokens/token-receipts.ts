import { DAY } from "./token-status";

/** For how long it is kept what instances say of a deletion, in milliseconds. A receipt is asked for within minutes. */
export const RECEIPT_KEPT_MS = DAY;

/** After how many milliseconds without a word an instance counts as silent: three of its beats. */
export const SILENT_AFTER_MS = 15_000;
