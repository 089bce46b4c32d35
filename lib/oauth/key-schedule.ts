import { ACCESS_TOKEN_SECONDS } from "./access-token-claims";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** For how long a key signs. */
const SIGNS = 30 * DAY;
/** How long before it signs a key is published at least: whoever keeps the list for less has it by then. */
const PUBLISHED_BEFORE = DAY;
/** A successor is made this long before it is needed, so that no job which is late makes it late. */
const MADE_BEFORE = 2 * DAY;
/** What a key signed last is believed until it is over, and a little longer. */
export const BELIEVED_AFTER = ACCESS_TOKEN_SECONDS * 1000 + HOUR;

export interface KeyTimes {
  id: string;
  signsFrom: Date;
  signsUntil: Date;
  believedUntil: Date;
}

/** What is to be done with the keys: make one, or let one sign from another moment, or until another. */
export interface KeyChanges {
  make: Omit<KeyTimes, "id"> | null;
  move: KeyTimes | null;
}

const after = (moment: Date, milliseconds: number) => new Date(moment.getTime() + milliseconds);
const until = (signsUntil: Date) => ({ signsUntil, believedUntil: after(signsUntil, BELIEVED_AFTER) });

export const signsAt = ({ signsFrom, signsUntil, believedUntil }: KeyTimes, now: Date) =>
  signsFrom <= now && now < signsUntil && now < believedUntil;

/**
 * What the keys need at this moment: one that signs, and before it stops a successor that was published for a day. One that
 * has no successor in time signs on until it has; where none signs, one begins at once, before its time if there is one.
 */
export function changesDue(keys: readonly KeyTimes[], now: Date): KeyChanges {
  const alive = keys.filter(({ signsUntil, believedUntil }) => now < signsUntil && now < believedUntil);
  const newest = alive.toSorted((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime()).at(-1);
  if (!newest) return { make: { signsFrom: now, ...until(after(now, SIGNS)) }, move: null };
  if (!alive.some((key) => signsAt(key, now))) return { make: null, move: { ...newest, signsFrom: now } };
  if (newest.signsUntil.getTime() - now.getTime() > MADE_BEFORE) return { make: null, move: null };
  const soonest = after(now, PUBLISHED_BEFORE);
  const signsFrom = newest.signsUntil < soonest ? soonest : newest.signsUntil;
  return {
    make: { signsFrom, ...until(after(signsFrom, SIGNS)) },
    move: newest.signsUntil < signsFrom ? { ...newest, ...until(signsFrom) } : null,
  };
}
