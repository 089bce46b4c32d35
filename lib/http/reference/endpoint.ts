import type { z } from "zod";
import type { BuiltInPermission } from "@/lib/access/permission";
import type { OAuthErrorCode } from "../oauth-error-codes";
import type { ProblemCode } from "../problem";

/** With what a call shows who it is: `any` permission is every valid token's. */
type Door =
  | { credential: "token"; permission: BuiltInPermission | "any" }
  /** A client's ID and secret (RFC 6749, 2.3.1); the access token of an API login, unless the body says which; or nothing at all. */
  | { credential: "client" | "login" | "none"; permission: null };

/** What comes back. 204 and 304 have no body. */
type Answer = { status: 200 | 201; answer: z.ZodType } | { status: 204; answer: null };

/**
 * One method of one address, as the reference, the OpenAPI document and the clients tell it. A test holds the list against
 * the routes themselves.
 */
export type Endpoint = Door &
  Answer & {
    /** Its name in clients: a verb and its object, for good. */
    operationId: string;
    /** What clients call its method, for good: renaming one breaks whoever calls it. */
    clientMethod: `${string}.${string}` | "me";
    method: "GET" | "POST" | "PATCH" | "DELETE";
    /** With the names of its parts in braces. */
    path: string;
    title: string;
    summary: string;
    /** What the route parses with. */
    query?: z.ZodObject;
    body?: z.ZodObject;
    /** JSON where it is left out. */
    bodyType?: "json" | "form";
    /** Whether the body may be left out as a whole. */
    isBodyOptional?: boolean;
    /** A word on each field of `query` and `body`. */
    notes?: Record<string, string>;
    /** A body that `body` takes. */
    bodyExample?: Record<string, unknown>;
    /** A query to show, with its question mark. */
    queryExample?: string;
    /** Headers of the answer, beside those that every answer has, each with a word. */
    headers?: Record<string, string>;
    /** Whether it has an ETag and answers 304 to If-None-Match. Left out, it is what a token reads that does. */
    isConditional?: boolean;
    /** Whether a secret that was replaced may do it too, though it changes something. */
    bySuperseded?: boolean;
    /** What OAuth's own endpoints answer instead of problems (RFC 6749, 5.2): values of `error`. */
    oauthErrors?: readonly OAuthErrorCode[];
    /** Codes of its own, beside those that every endpoint may answer with. */
    problems?: readonly ProblemCode[];
  };

export const isConditional = (endpoint: Endpoint): boolean =>
  endpoint.isConditional ?? (endpoint.method === "GET" && endpoint.credential === "token");

export const takesIdempotencyKey = ({ method, credential }: Endpoint): boolean =>
  method === "POST" && credential === "token";

export interface EndpointGroup {
  title: string;
  summary: string;
  endpoints: readonly Endpoint[];
}

/** A group, checked, that keeps the names of its operations: `OperationId` is made of them. */
export const endpointGroup = <const Group extends EndpointGroup>(group: Group): Group => group;

export const clientNotes = {
  client_id: "Where the credentials come in the form.",
  client_secret: "Where the credentials come in the form.",
};

export const pageNotes = {
  limit: "How many at most. 50 where it is left out.",
  cursor: "next_cursor of the page before.",
};
