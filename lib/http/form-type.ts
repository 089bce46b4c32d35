/** What a form says that it is, as OAuth's endpoints take it (RFC 6749, appendix B): in UTF-8, or nothing said of it. */
export const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Bytes of a form at most. */
export const MAX_FORM = 8 * 1024;
