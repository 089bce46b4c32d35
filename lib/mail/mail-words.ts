import { organizationLink } from "@/lib/organizations/organization-link";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { DAY } from "@/lib/tokens/token-status";
import type { Letter } from "./mail-letter";

/** Where a message leads, and when it is written. */
export interface Place {
  /** The origin at which the console is. */
  publicUrl: string;
  /** Whose page every link opens, whatever else the reader looks at. */
  organizationId: string;
  now: Date;
}

export const urlOf = (path: string, { publicUrl, organizationId }: Place) =>
  `${publicUrl}${organizationLink(organizationId, path)}`;

export const settingsUrl = ({ portal }: Letter, place: Place) =>
  urlOf(`${TOKEN_PLACES[portal].profile}#notifications`, place);

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "in 7 days", "in 5 hours": rounded up, so that nothing seems to have less time than it has. */
export function within(expiresAt: string, now: Date): string {
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return "now";
  const hours = Math.ceil(left / (DAY / 24));
  // A run that comes a few minutes late still says the days that the policy does.
  const days = Math.round(left / DAY);
  return hours >= 23 ? `in ${days} ${days === 1 ? "day" : "days"}` : `in ${hours} ${hours === 1 ? "hour" : "hours"}`;
}

const CALENDAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** In UTC, and saying so: a mail is read who knows where. */
export const instant = (iso: string) => `${CALENDAR.format(new Date(iso))} UTC`;
