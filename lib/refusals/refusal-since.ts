import type { TokenWords } from "@/lib/tokens/token-words";
import { code } from "./refusal-words";

/** Since when what refused a call held, and what began it. */
export type Since = { at: Date } & (
  | {
      kind:
        | "deleted"
        | "expired"
        | "deactivated"
        | "switched_off"
        | "policy"
        | "token_changed"
        | "token_made"
        | "access_made";
    }
  | { kind: "role_lost"; role: string; permission: string }
  | { kind: "issuer_given" | "you_given" | "issuer_joined" | "you_joined" | "token_role"; role: string }
);

/** What began it, to stand before its time. */
export function sinceWords(since: Since, words: TokenWords): string {
  switch (since.kind) {
    case "deleted":
      return `The ${words.one} was ${words.removed}`;
    case "expired":
      return "It expired";
    case "deactivated":
      return "Its issuer was deactivated";
    case "switched_off":
      return `${words.title} were switched off`;
    case "policy":
      return "The policy was last changed in this";
    case "token_changed":
      return `The ${words.one} got these networks`;
    case "token_made":
      return `The ${words.one} was created with these networks`;
    case "access_made":
      return "The access token was issued";
    case "role_lost":
      return `The role ${since.role} lost ${code(since.permission)}`;
    case "token_role":
      return `The ${words.one} was created with the role ${since.role}`;
    case "issuer_joined":
      return `Its issuer joined with the role ${since.role}`;
    case "you_joined":
      return `You joined with the role ${since.role}`;
    case "issuer_given":
      return `Its issuer got the role ${since.role}`;
    case "you_given":
      return `You got the role ${since.role}`;
  }
}
