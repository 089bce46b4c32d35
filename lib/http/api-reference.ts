import type { z } from "zod";
import type { BuiltInPermission } from "@/lib/access/permission";
import {
  createTokenInput,
  extendTokenInput,
  rotateTokenInput,
  tokenQuery,
  updateTokenInput,
} from "@/lib/tokens/token-input";
import {
  changedTokenExample,
  changeTokenBody,
  createdTokenExample,
  createTokenBody,
  deletedTokenExample,
  endedTokenExample,
  extendedTokenExample,
  extendTokenBody,
  keptOwnTokenExample,
  listOf,
  memberExample,
  organizationExample,
  ownTokenExample,
  receiptExample,
  roleExample,
  rotatedOwnTokenExample,
  rotatedTokenExample,
  rotateTokenBody,
  tokenExample,
} from "./api-examples";
import { listQuery } from "./list-query";
import type { ProblemCode } from "./problem";

/** One method of one address, as the reference tells it. A test holds the list against the routes themselves. */
export interface Endpoint {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With the names of its parts in braces. */
  path: string;
  /** `any`: every valid token. Null: no token at all. */
  permission: BuiltInPermission | "any" | null;
  title: string;
  summary: string;
  /** What the route parses with. */
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** A word on each field of `query` or `body`. */
  notes?: Record<string, string>;
  /** A body that `body` takes. */
  bodyExample?: Record<string, unknown>;
  /** A query to show, with its question mark. */
  queryExample?: string;
  status: 200 | 201;
  example: unknown;
  /** Codes of its own, beside those that every endpoint may answer with. */
  problems?: ProblemCode[];
}

export interface EndpointGroup {
  title: string;
  summary: string;
  endpoints: Endpoint[];
}

const pageNotes = {
  limit: "How many at most. 50 where it is left out.",
  cursor: "next_cursor of the page before.",
};

/** Every endpoint of the public API, in the order in which a newcomer needs them. */
export const API_REFERENCE: EndpointGroup[] = [
  {
    title: "The token itself",
    summary:
      "Every valid token may ask who it is, get itself a new secret, and end itself. None of it needs a permission.",
    endpoints: [
      {
        method: "GET",
        path: "/api/v1/me",
        permission: "any",
        title: "Who am I",
        summary:
          "The organization, issuer, role and groups behind the token, what it may do at this moment, and when it expires.",
        status: 200,
        example: ownTokenExample,
      },
      {
        method: "POST",
        path: "/api/v1/tokens/self/rotate",
        permission: "any",
        title: "Rotate this token",
        summary:
          "Answers with a new secret, this once. Nothing else changes: this one works until the new one is first used, and then for the days of the overlap. An answer that was lost is made good by asking again: what it had asked for itself and not used yet is replaced. Where somebody else asked, the answer is other_secret_waits. Within five seconds of another rotation, or of the first use of one, it is rotated_just_now, and Retry-After says when to come again. A new secret waits for its first use for 30 days. The first use of a new secret also ends one whose overlap still runs. A secret that was replaced and has ended is no valid token; presented here it deletes the token, and its issuer and the administrators are told.",
        body: rotateTokenInput,
        notes: { overlap_days: "0 to 7; 1 where it is left out. The body may be left out too." },
        bodyExample: rotateTokenBody,
        status: 200,
        example: rotatedOwnTokenExample,
        problems: ["rotated_just_now", "other_secret_waits", "secret_superseded", "already_deleted"],
      },
      {
        method: "DELETE",
        path: "/api/v1/tokens/self/rotation",
        permission: "any",
        title: "Cancel this token's rotation",
        summary:
          "Takes back the secret that the token got itself and that waits: it never works. One that was used already stays, and so does one that somebody else asked for.",
        status: 200,
        example: keptOwnTokenExample,
        problems: ["no_rotation", "other_secret_waits", "secret_superseded", "already_deleted"],
      },
      {
        method: "DELETE",
        path: "/api/v1/tokens/self",
        permission: "any",
        title: "End this token",
        summary:
          "Deletes the token that the request carries, for good: its next call is refused. Use it where a token may have leaked.",
        status: 200,
        example: endedTokenExample,
        problems: ["already_deleted"],
      },
    ],
  },
  {
    title: "Tokens",
    summary:
      "The tokens that the issuer of the calling token sees: all of the organization for administrators, their own for others, as the organization's policy has it.",
    endpoints: [
      {
        method: "GET",
        path: "/api/v1/tokens",
        permission: "tokens:read",
        title: "List tokens",
        summary:
          "Newest first, with the filters of the table in the console. Filters that take several values are repeated. last_used_at may lag a minute behind here.",
        query: tokenQuery,
        notes: {
          q: "A part of the name, or the start of the id.",
          issued_by: "Ids of members. Repeatable.",
          role: "Ids of roles; none for tokens that mirror their issuer. Repeatable.",
          status: "Repeatable.",
          last_used: "Within that time; longer ago than 90 days; or never.",
          expires:
            "Active tokens that expire within seven days; or those of them that the issuer of the calling token has not acknowledged in the console.",
          policy: "Active tokens that the policy of now would allow, or would not.",
          sort: "A minus sign turns the order round.",
          ...pageNotes,
        },
        queryExample: "?status=active&last_used=over_90d&limit=20",
        status: 200,
        example: listOf(tokenExample),
        problems: ["invalid_cursor"],
      },
      {
        method: "GET",
        path: "/api/v1/tokens/{id}",
        permission: "tokens:read",
        title: "Read a token",
        summary:
          "A token that one does not see is not found, whether it exists or not. deletion_at is when a token that nobody uses is deleted by the policy, unless it is used before; null where that is not so.",
        status: 200,
        example: tokenExample,
        problems: ["not_found"],
      },
      {
        method: "POST",
        path: "/api/v1/tokens",
        permission: "tokens:create",
        title: "Create a token",
        summary:
          "Answers with the whole token as secret, this once. Only where the organization's policy lets tokens create tokens; otherwise the answer is token_cannot_mint, and people create them in the console.",
        body: createTokenInput,
        notes: {
          name: "1 to 200 characters. May be left out where the policy asks for none: clients are called as their description begins.",
          description: "Up to 500 characters, where the policy has descriptions.",
          role_id: "A role that allows no more than the issuer may do. Leave it out where tokens mirror their issuer.",
          expires_at: "RFC 3339. null for never; leave it out where the policy fixes it.",
          issuer_id: "A service account that the token's issuer answers for. Leave it out to issue the token oneself.",
          allowed_networks:
            "From where it may be used: up to 50 addresses and CIDR blocks, IPv4 and IPv6, within those of the policy. Leave it out for wherever the policy allows.",
        },
        bodyExample: createTokenBody,
        status: 201,
        example: createdTokenExample,
        problems: [
          "token_cannot_mint",
          "not_an_issuer",
          "role_exceeds_yours",
          "account_not_yours",
          "role_exceeds_account",
          "networks_outside_policy",
          "exceeds_this_token",
          "name_taken",
          "organization_limit_reached",
          "issuer_limit_reached",
        ],
      },
      {
        method: "PATCH",
        path: "/api/v1/tokens/{id}",
        permission: "tokens:manage",
        title: "Change a token",
        summary:
          "Its name, its description and from where it may be used. Its role stays as it was made. A token changes none that may do more than itself.",
        body: updateTokenInput,
        notes: {
          name: "1 to 200 characters.",
          description: "Up to 500 characters; null takes it away.",
          allowed_networks: "The whole list, as when creating; empty takes the token's own away.",
        },
        bodyExample: changeTokenBody,
        status: 200,
        example: changedTokenExample,
        problems: [
          "not_found",
          "not_yours_to_change",
          "exceeds_this_token",
          "already_deleted",
          "name_taken",
          "networks_outside_policy",
        ],
      },
      {
        method: "POST",
        path: "/api/v1/tokens/{id}/rotate",
        permission: "tokens:manage",
        title: "Rotate a token",
        summary:
          "Answers with a new secret for the same token, this once. The old one works until the new one is first used, and then for the days of the overlap. Where the calling token may create tokens, the expiry moves as well at that first use, but for its own: as far ahead as it was, or as the policy fixes it. A token rotates none that may do or see more than itself, and of others' tokens that mirror their issuer only one of an administrator rotates any. The new secret waits for 30 days, and no longer than whoever asked for it might ask again. The issuer is told.",
        body: rotateTokenInput,
        notes: { overlap_days: "0 to 7; 1 where it is left out. The body may be left out too." },
        bodyExample: rotateTokenBody,
        status: 200,
        example: rotatedTokenExample,
        problems: [
          "not_found",
          "not_yours_to_change",
          "exceeds_this_token",
          "mirrors_its_issuer",
          "already_deleted",
          "token_expired",
          "token_stopped",
          "rotated_just_now",
          "other_secret_waits",
          "secret_superseded",
        ],
      },
      {
        method: "DELETE",
        path: "/api/v1/tokens/{id}/rotation",
        permission: "tokens:manage",
        title: "Cancel a rotation",
        summary: "Takes back the secret that waits: it never works. One that was used already stays.",
        status: 200,
        example: tokenExample,
        problems: [
          "not_found",
          "not_yours_to_change",
          "exceeds_this_token",
          "already_deleted",
          "no_rotation",
          "other_secret_waits",
          "secret_superseded",
        ],
      },
      {
        method: "POST",
        path: "/api/v1/tokens/{id}/extend",
        permission: "tokens:manage",
        title: "Extend a token",
        summary:
          "Lets it live longer, as far as the policy would let one created now. Only where the organization's policy lets tokens create tokens, and never the calling token itself. The issuer is told.",
        body: extendTokenInput,
        notes: { expires_at: "RFC 3339, later than its expiry now. null for never." },
        bodyExample: extendTokenBody,
        status: 200,
        example: extendedTokenExample,
        problems: [
          "extension_not_yours",
          "not_found",
          "not_yours_to_change",
          "exceeds_this_token",
          "expiry_not_its_own",
          "already_deleted",
          "does_not_expire",
          "expiry_not_later",
          "expiry_not_allowed",
          "expiry_too_far",
          "expiry_in_past",
        ],
      },
      {
        method: "DELETE",
        path: "/api/v1/tokens/{id}",
        permission: "tokens:manage",
        title: "Delete a token",
        summary:
          "For good. By the time of the answer, its next call is refused. A token ends none that may do more than itself, and always itself.",
        status: 200,
        example: deletedTokenExample,
        problems: ["not_found", "not_yours_to_change", "exceeds_this_token", "already_deleted"],
      },
      {
        method: "GET",
        path: "/api/v1/tokens/{id}/receipt",
        permission: "tokens:read",
        title: "Read the receipt of a deletion",
        summary:
          "Which of the serving instances refuse the token, and after how many milliseconds; refused_everywhere_after_ms once all do. The server of an instance is app, with console and API, or gate. Kept for a day. Without a position for a token that was not deleted.",
        status: 200,
        example: receiptExample,
        problems: ["not_found"],
      },
    ],
  },
  {
    title: "Members",
    summary: "The people and service accounts of the organization.",
    endpoints: [
      {
        method: "GET",
        path: "/api/v1/members",
        permission: "members:read",
        title: "List members",
        summary: "In the order in which they joined.",
        query: listQuery,
        notes: pageNotes,
        status: 200,
        example: listOf(memberExample),
        problems: ["invalid_cursor"],
      },
      {
        method: "GET",
        path: "/api/v1/members/{id}",
        permission: "members:read",
        title: "Read a member",
        summary: "With role, groups, status and, for a service account, who answers for it.",
        status: 200,
        example: memberExample,
        problems: ["not_found"],
      },
    ],
  },
  {
    title: "Roles",
    summary: "Named sets of permissions. A token with a role may do what its role and its issuer both may.",
    endpoints: [
      {
        method: "GET",
        path: "/api/v1/roles",
        permission: "roles:read",
        title: "List roles",
        summary: "The four built-in ones and the organization's own.",
        query: listQuery,
        notes: pageNotes,
        status: 200,
        example: listOf(roleExample),
        problems: ["invalid_cursor"],
      },
    ],
  },
  {
    title: "Organization",
    summary: "The organization that the token belongs to; a token never sees another.",
    endpoints: [
      {
        method: "GET",
        path: "/api/v1/organization",
        permission: "organization:read",
        title: "Read the organization",
        summary: "Its name, plan and what is switched on.",
        status: 200,
        example: organizationExample,
      },
    ],
  },
  {
    title: "Health",
    summary: "For load balancers and orchestrators. No token.",
    endpoints: [
      {
        method: "GET",
        path: "/healthz",
        permission: null,
        title: "Alive",
        summary: "The process answers. It does not ask the database.",
        status: 200,
        example: { status: "ok" },
      },
      {
        method: "GET",
        path: "/readyz",
        permission: null,
        title: "Ready",
        summary: "The database answers and has this version's schema; otherwise 503.",
        status: 200,
        example: { status: "ready" },
        problems: ["unavailable"],
      },
    ],
  },
];
