import { auditEvents } from "./reference/audit-events";
import { description } from "./reference/description";
import type { Endpoint, EndpointGroup } from "./reference/endpoint";
import { groups } from "./reference/groups";
import { health } from "./reference/health";
import { logins } from "./reference/logins";
import { members } from "./reference/members";
import { oauth } from "./reference/oauth";
import { oauthTokens } from "./reference/oauth-tokens";
import { organization } from "./reference/organization";
import { ownToken } from "./reference/own-token";
import { roles } from "./reference/roles";
import { tokens } from "./reference/tokens";

export type { Endpoint, EndpointGroup };

const GROUPS = [
  ownToken,
  logins,
  oauth,
  oauthTokens,
  tokens,
  members,
  groups,
  roles,
  organization,
  auditEvents,
  description,
  health,
] as const;

/** The name of an operation, as clients call it. */
export type OperationId = (typeof GROUPS)[number]["endpoints"][number]["operationId"];

type ClientMethod = (typeof GROUPS)[number]["endpoints"][number]["clientMethod"];

/** What the methods of clients stand together under. */
export type ClientGroup = ClientMethod extends infer Name
  ? Name extends `${infer Group}.${string}`
    ? Group
    : never
  : never;

/** Every endpoint of the public API, in the order in which a newcomer needs them. */
export const API_REFERENCE: readonly EndpointGroup[] = GROUPS;

/** The same, one after another. */
export const ENDPOINTS: readonly Endpoint[] = API_REFERENCE.flatMap(({ endpoints }) => endpoints);
