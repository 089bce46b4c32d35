import type { Preset } from "./token-presets";

/** What an organization's preset calls a token and what is done with it. The one home of these words. */
export interface TokenWords {
  /** In a sentence: "an API token". `a` is its article. */
  a: "a" | "an";
  one: string;
  many: string;
  /** The name of the page, its entry in the navigation and the card in the profile. */
  title: string;
  /** The button above the table, and the title of the dialog that it opens. */
  create: string;
  /** What that button does: "to create another". */
  make: "create" | "generate";
  /** The button that ends that dialog's form. */
  submit: string;
  /** The column that tells tokens apart. */
  idColumn: "Token" | "Client ID";
  /** The column and filter of its role, and of its last use. */
  role: "Role" | "Assigned role";
  lastUsed: "Last used" | "Last access";
  /** Ending one: the button, the same while it is at it, what has become of it, and the status. */
  remove: "Delete" | "Revoke";
  removing: "Deleting…" | "Revoking…";
  removed: "deleted" | "revoked";
  removedStatus: "Deleted" | "Revoked";
  /** In a sentence: "after deletion". */
  removal: "deletion" | "revocation";
}

const deleting = {
  remove: "Delete",
  removing: "Deleting…",
  removed: "deleted",
  removedStatus: "Deleted",
  removal: "deletion",
} as const;

const revoking = {
  remove: "Revoke",
  removing: "Revoking…",
  removed: "revoked",
  removedStatus: "Revoked",
  removal: "revocation",
} as const;

const columns = { idColumn: "Token", role: "Role", lastUsed: "Last used" } as const;

const apiToken = { ...columns, a: "an", one: "API token", many: "API tokens", title: "API tokens" } as const;

export const TOKEN_WORDS: Record<Preset, TokenWords> = {
  admin_issued: {
    ...deleting,
    ...columns,
    a: "a",
    one: "token",
    many: "tokens",
    title: "Tokens",
    create: "Create new token",
    make: "create",
    submit: "Generate token",
  },
  role_scoped: { ...deleting, ...apiToken, create: "Create API token", make: "create", submit: "Create API token" },
  single_rotating: { ...revoking, ...apiToken, create: "Generate API token", make: "generate", submit: "Generate" },
  personal_mirror: { ...revoking, ...apiToken, create: "Generate token", make: "generate", submit: "Generate token" },
  client_credentials: {
    ...revoking,
    a: "an",
    one: "API auth token",
    many: "API auth tokens",
    title: "API auth tokens",
    create: "Generate new token",
    make: "generate",
    submit: "Create token",
    idColumn: "Client ID",
    role: "Assigned role",
    lastUsed: "Last access",
  },
};
