import type { TokenWords } from "@/lib/tokens/token-words";

/** Every event that is written, with the words that tell it after the actor's name, as the organization says them. */
const AUDIT_ACTIONS = {
  "organization.created": "created the organization",
  "organization.updated": "changed the organization",
  "tokens.switched": ({ many }) => `switched ${many} on or off`,
  "tokens.requested": ({ many }) => `asked for ${many} to be switched on`,
  "policy.updated": "changed the token policy",
  "notices.updated": "changed what members are told of",
  "member.added": "added the member",
  "member.invited": "invited somebody",
  "member.joined": "accepted the invitation",
  "invitation.withdrawn": "withdrew the invitation",
  "member.updated": "changed the member",
  "member.deactivated": "deactivated the member",
  "member.reactivated": "reactivated the member",
  "account.created": "added the service account",
  "role.created": "added the role",
  "role.updated": "changed the role",
  "role.deleted": "deleted the role",
  "permission.created": "added the permission",
  "permission.updated": "changed the permission",
  "permission.deleted": "deleted the permission",
  "group.created": "added the group",
  "group.updated": "changed the group",
  "group.deleted": "deleted the group",
  "token.created": ({ one }) => `created the ${one}`,
  "token.updated": ({ one }) => `changed the ${one}`,
  "token.extended": ({ one }) => `let the ${one} live longer`,
  "token.rotated": ({ one }) => `made a new secret for the ${one}`,
  "token.rotation_cancelled": ({ one }) => `took back the new secret of the ${one}`,
  "token.secret_replaced": ({ one }) => `used the new secret of the ${one} for the first time`,
  "token.access_ended": ({ one }) => `ended an access token of the ${one}`,
  "token.deleted": ({ one, removed }) => `${removed} the ${one}`,
  "token.forgotten": ({ one, removed }) => `removed the record of the ${removed} ${one}`,
  "session.created": "signed in",
  "session.ended": "signed out",
  "session.api_created": "signed in to the API",
  "session.api_refused": "gave the right password to the API, and was not signed in",
  "session.api_ended": "signed out of the API",
  "session.api_token_ended": "ended an access token of an API login",
  "session.api_reused": "was shown a refresh token that was used before, and ended the API login of",
} as const satisfies Record<string, string | ((words: TokenWords) => string)>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** "revoked the API token": what was done, after the name of who did it. An action of another time tells itself. */
export function auditSentence(action: AuditAction, words: TokenWords): string {
  const sentence: string | ((words: TokenWords) => string) = AUDIT_ACTIONS[action] ?? action;
  return typeof sentence === "function" ? sentence(words) : sentence;
}
