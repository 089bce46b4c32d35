import { organizationLink } from "@/lib/organizations/organization-link";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
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
