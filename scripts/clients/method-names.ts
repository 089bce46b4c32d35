/** What the method of an operation is called in the clients, for good: renaming one breaks whoever calls it. */
export const METHOD_NAMES: Record<string, `${string}.${string}` | "me"> = {
  whoAmI: "me",
  rotateOwnToken: "self.rotate",
  cancelOwnRotation: "self.cancelRotation",
  deleteOwnToken: "self.delete",
  listTokens: "tokens.list",
  getToken: "tokens.get",
  createToken: "tokens.create",
  updateToken: "tokens.update",
  rotateToken: "tokens.rotate",
  cancelRotation: "tokens.cancelRotation",
  extendToken: "tokens.extend",
  deleteToken: "tokens.delete",
  getReceipt: "tokens.receipt",
  listMembers: "members.list",
  getMember: "members.get",
  listRoles: "roles.list",
  getOrganization: "organization.get",
  isAlive: "health.alive",
  isReady: "health.ready",
};

/** What the groups of methods are about, said above each. */
export const GROUP_WORDS: Record<string, string> = {
  self: "The token that the client calls with.",
  tokens: "The tokens that the caller sees.",
  members: "The people and service accounts of the organization.",
  groups: "The groups of the organization that the caller sees.",
  roles: "Named sets of permissions.",
  organization: "The organization that the caller belongs to.",
  auditEvents: "What happened, newest first.",
  auth: "Signing in as a person. A client that was made with email and password does all of it by itself.",
  oauth: "OAuth 2.0. A client that was made with clientId and clientSecret exchanges them by itself.",
  health: "Whether the server lives and can work. No credential.",
};
