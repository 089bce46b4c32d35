const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** However much it is used, a session ends after 30 days. */
export const SESSION_LONGEST = 30 * DAY;
/** Unused for 7 days, it ends. */
export const SESSION_IDLE = 7 * DAY;
/** "Last seen" is written at most this often, so that reading pages does not write. */
export const SEEN_EVERY = 5 * MINUTE;
