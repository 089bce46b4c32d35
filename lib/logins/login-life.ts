const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A refresh token that is not used for a day is over, and with it the API login. */
export const REFRESH_LIFE = 24 * HOUR;
/** However often it is refreshed, an API login ends after 30 days, as a browser's session does. */
export const LOGIN_LONGEST = 30 * 24 * HOUR;

/** Live API logins of one member; the next one ends the oldest. */
export const LOGINS_AT_MOST = 50;
/** Used refresh tokens of one login that are kept to be told again; those before them are unknown. */
export const USED_KEPT = 100;
