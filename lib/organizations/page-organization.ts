/**
 * Sent with every action: the organization that the page in the tab shows. One session looks at one organization, and
 * another tab may have switched it since; what was asked of the one must then not be done in the other.
 */
export const PAGE_ORGANIZATION_HEADER = "x-latchkey-organization";
