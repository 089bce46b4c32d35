import type { ClientGroup } from "@/lib/http/api-reference";

/** What the groups of methods are about, said above each. */
export const GROUP_WORDS: Record<ClientGroup, string> = {
  self: "The token that the client calls with.",
  tokens: "The tokens that the caller sees.",
  members: "The people and service accounts of the organization.",
  groups: "The groups of the organization that the caller sees.",
  roles: "Named sets of permissions.",
  organization: "The organization that the caller belongs to.",
  auditEvents: "What happened, newest first.",
  auth: "Signing in as a person. A client that was made with email and password does all of it by itself.",
  oauth: "OAuth 2.0. A client that was made with clientId and clientSecret exchanges them by itself.",
  discovery: "What the server tells everybody of itself: addresses, keys, this API.",
  health: "Whether the server lives and can work. No credential.",
};
