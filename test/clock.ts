/** The moment at which every test happens. A Monday, noon UTC. */
export const NOW = new Date("2026-06-15T12:00:00Z");

const MINUTE = 60_000;

/** `n` minutes after NOW; before it where `n` is negative. */
export const minutes = (n: number) => new Date(NOW.getTime() + n * MINUTE);
/** `n` hours after NOW; before it where `n` is negative. */
export const hours = (n: number) => minutes(n * 60);
/** `n` days of 24 hours after NOW; before it where `n` is negative. */
export const days = (n: number) => hours(n * 24);
