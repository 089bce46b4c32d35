import { BUILT_IN_ROLES } from "@/lib/access/permission";

// What the reference shows as answers. Tests hold their fields against those of the real answers.

const role = { id: "0198a4d2-3c1e-7b50-9c0a-5f1f6a2d7e11", name: "Engineer" };
const person = { id: "0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57", name: "Amara Okafor", email: "amara@acme.example" };
const group = { id: "0198a4d3-01aa-7d3f-b6b1-64c2d2a9f0c3", name: "Platform", is_administrator: false };
/** What an engineer's role and an engineer both may. */
const permissions = [...BUILT_IN_ROLES.engineer.permissions].sort();
const nextCursor = "WyJ0b2tlbnMiLCIwMTk4YTRkMiJd";

export const tokenExample = {
  id: "1m9YQ2zk7hVd",
  kind: "pat",
  name: "Production integration",
  description: "Order sync, runs every minute",
  masked: "lk_pat_1m9Y…",
  status: "active",
  issued_by: person,
  role,
  permissions,
  outside_policy: ["expiry_too_far"],
  allowed_networks: ["203.0.113.0/24"],
  rotation: null,
  created_at: "2026-03-12T09:30:00.000Z",
  expires_at: "2027-03-12T09:30:00.000Z",
  last_used_at: "2026-11-21T17:02:11.204Z",
  last_used_ip: "203.0.113.7",
  deletion_at: null,
  deleted_at: null,
};

export const ownTokenExample = {
  id: tokenExample.id,
  kind: tokenExample.kind,
  name: tokenExample.name,
  description: tokenExample.description,
  masked: tokenExample.masked,
  organization: { id: "0198a4d2-1b00-7e19-8d4c-90a1e3f7b2d6", name: "Acme", slug: "acme" },
  issued_by: { ...person, role },
  role,
  permissions,
  groups: [group],
  created_at: tokenExample.created_at,
  expires_at: tokenExample.expires_at,
};

export const createTokenBody = {
  name: tokenExample.name,
  description: tokenExample.description,
  role_id: role.id,
  expires_at: "2027-03-12T09:30:00Z",
  allowed_networks: tokenExample.allowed_networks,
};

/** Just made: nobody has called with it yet. */
export const createdTokenExample = {
  ...tokenExample,
  last_used_at: null,
  last_used_ip: null,
  secret: "lk_pat_1m9YQ2zk7hVd_…",
};

export const rotateTokenBody = { overlap_days: 1 };

/** It goes on as before until the secret is used. */
export const rotatedTokenExample = {
  ...tokenExample,
  rotation: { waiting_since: "2026-11-22T08:00:00.000Z", previous_ends_at: null },
  secret: "lk_pat_1m9YQ2zk7hVd_…",
};

/** Its rotation was taken back. */
export const keptOwnTokenExample = { ...ownTokenExample, rotation: null };

export const rotatedOwnTokenExample = {
  ...ownTokenExample,
  rotation: rotatedTokenExample.rotation,
  secret: rotatedTokenExample.secret,
};

export const extendTokenBody = { expires_at: "2027-06-12T09:30:00Z" };

export const extendedTokenExample = { ...tokenExample, expires_at: "2027-06-12T09:30:00.000Z" };

export const changeTokenBody = { name: "Production integration, Frankfurt" };

export const changedTokenExample = { ...tokenExample, ...changeTokenBody };

export const deletedTokenExample = {
  ...tokenExample,
  status: "deleted",
  permissions: [],
  outside_policy: [],
  deleted_at: "2026-11-22T08:15:00.000Z",
};

export const endedTokenExample = {
  id: deletedTokenExample.id,
  status: deletedTokenExample.status,
  deleted_at: deletedTokenExample.deleted_at,
};

export const receiptExample = {
  token_id: deletedTokenExample.id,
  deleted_at: deletedTokenExample.deleted_at,
  position: 4711,
  refused_everywhere_after_ms: 3.2,
  instances: [
    {
      id: "0198a4d2-77aa-7c3e-8d21-6b1f0c9e4a55",
      host: "console-1",
      server: "app",
      state: "confirmed",
      after_ms: 3.2,
      since: null,
    },
  ],
};

export const memberExample = {
  ...person,
  kind: "person",
  role,
  groups: [group],
  portal: "console",
  status: "active",
  owner: null,
  created_at: "2025-09-01T08:00:00.000Z",
  deactivated_at: null,
};

export const changeMemberBody = { role_id: role.id, group_ids: [group.id], status: "active" };

export const groupExample = {
  id: group.id,
  name: group.name,
  members: 4,
  administrators: [{ id: person.id, name: person.name }],
  created_at: "2025-09-01T08:00:00.000Z",
};

export const auditEventExample = {
  id: "0198c0de-5a10-7f3b-9d21-3b7c1f0a6e44",
  at: "2026-11-22T08:15:00.000Z",
  action: "token.deleted",
  by: { kind: "member", member: person, token: null },
  subject: { kind: "token", id: tokenExample.id, name: tokenExample.name },
  details: { name: tokenExample.name },
  ip: "203.0.113.7",
};

export const roleExample = {
  ...role,
  built_in: "engineer",
  permissions: [...BUILT_IN_ROLES.engineer.permissions].sort(),
  created_at: "2025-09-01T08:00:00.000Z",
};

export const organizationExample = {
  ...ownTokenExample.organization,
  plan: "enterprise",
  tokens_enabled: true,
  teams_enabled: false,
  group_noun: "group",
  created_at: "2025-09-01T08:00:00.000Z",
};

export const problemExample = {
  title: "The token may not do this.",
  status: 403,
  detail: "This needs the permission members:read.",
  code: "insufficient_scope",
  request_id: "5a2d1f0e-8a1b-4a53-9f2b-0f3f6b8f7c9e",
};

export const listOf = <Resource>(resource: Resource) => ({ data: [resource], next_cursor: nextCursor });
