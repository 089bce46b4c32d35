import { BUILT_IN_ROLES } from "@/lib/access/permission";
import { EXAMPLE_REQUEST_ID } from "./example-request-id";

// Bodies that the reference shows, and what the guide says in passing. Answers are recorded: see recorded-example.ts.

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

export const createTokenBody = {
  name: tokenExample.name,
  description: tokenExample.description,
  role_id: role.id,
  expires_at: "2027-03-12T09:30:00Z",
  allowed_networks: tokenExample.allowed_networks,
};

export const rotateTokenBody = { overlap_days: 1 };

export const extendTokenBody = { expires_at: "2027-06-12T09:30:00Z" };

export const changeTokenBody = { name: "Production integration, Frankfurt" };

export const changeMemberBody = { role_id: role.id, group_ids: [group.id], status: "active" };

export const problemExample = {
  title: "The token may not do this.",
  status: 403,
  detail: "This needs the permission members:read.",
  code: "insufficient_scope",
  request_id: EXAMPLE_REQUEST_ID,
};

export const listOf = <Resource>(resource: Resource) => ({ data: [resource], next_cursor: nextCursor });
