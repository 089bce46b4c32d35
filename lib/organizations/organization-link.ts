import { safeReturnTo } from "@/lib/auth/safe-return-to";

const DOOR = "/in/";

/**
 * A path that opens for its organization, for links that are followed from outside: one session looks at one organization,
 * which may be another one by then. The id and not the short name, which may change while a message lies around.
 */
export const organizationLink = (organizationId: string, path: string): string => `${DOOR}${organizationId}${path}`;

/** Where such a link leads once its organization is the one that is looked at; home where it leads nowhere. */
export const linkedPlace = (link: string): string =>
  safeReturnTo(link.startsWith(DOOR) ? link.slice(DOOR.length).replace(/^[^/?#]*/, "") : null);
