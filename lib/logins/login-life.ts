const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A refresh token that is not used for a day is over, and with it the API login. */
export const REFRESH_LIFE = 24 * HOUR;
/** However often it is refreshed, an API login ends after 30 days, as a browser's session does. */
export const LOGIN_LONGEST = 30 * 24 * HOUR;

/** Live API logins of one member; the next one ends the oldest. */
export const LOGINS_AT_MOST = 50;
/**
 * Refresh tokens of one login that were used and are not over; the next refresh waits. Each of them is kept to its own end,
 * since a second use of it is what tells that the login is in two hands: so this bounds what is kept.
 */
export const REFRESHES_A_DAY = 100;
