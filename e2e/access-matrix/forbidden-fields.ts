import type { ApiRow } from "./build-rows";
import type { Person } from "./cast";

/** What nobody may set by sending it along, with the values that would hurt. */
export const forbiddenFields = (elsewhere: Person): Record<string, unknown> => ({
  id: elsewhere.token.id,
  organization_id: elsewhere.house.organizationId,
  organizationId: elsewhere.house.organizationId,
  issued_by: elsewhere.member.memberId,
  user_id: elsewhere.userId,
  kind: "svc",
  state: "active",
  status: "active",
  deletion_at: null,
  deleted_at: null,
  created_at: "2020-01-01T00:00:00Z",
  secret_hash: "00",
  pepper_id: "k1",
  permissions: ["organization:manage"],
  isOperator: true,
  constructor: { prototype: { permissions: ["organization:manage"] } },
});

/** Whether a field of the list is one that this row takes. */
export const isOwnField = ({ names }: ApiRow, field: string): boolean => names === "member" && field === "status";

/** The headers of requests that no page of the instance at `url` sends. */
export const otherPlaces = (url: string): Record<string, string>[] => {
  const { host } = new URL(url);
  return [
    {},
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    { origin: `https://${host}`, "x-forwarded-proto": "https" },
    { origin: `http://evil.example:${new URL(url).port}`, "x-forwarded-host": `evil.example:${new URL(url).port}` },
  ];
};
