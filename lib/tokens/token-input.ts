import { z } from "zod";
import { networkListInput } from "@/lib/access/networks";
import { pageSize } from "@/lib/http/page-size";
import { descriptionInput, nameInput } from "@/lib/text-input";
import { DEFAULT_OVERLAP_DAYS, MAX_OVERLAP_DAYS } from "./token-rotation";
import { TOKEN_STATUSES } from "./token-status";

const instant = z.iso
  .datetime({ offset: true, error: "Give an instant as in RFC 3339, such as 2027-01-31T12:00:00Z." })
  .transform((text) => new Date(text));

export const tokenId = z.string().regex(/^[0-9A-Za-z]{12}$/, { error: "A token's id is 12 letters and digits." });

/** What *Create* takes, in the dialog and in `POST /api/v1/tokens`. Absent fields are the policy's to decide. */
export const createTokenInput = z.strictObject({
  /** Left out where the policy asks for none: see `tokenNaming`. */
  name: nameInput("a name").optional(),
  description: descriptionInput("the description")
    .nullish()
    .transform((value) => value ?? null),
  role_id: z
    .uuid({ error: "Choose a role." })
    .nullish()
    .transform((value) => value ?? null),
  /** An instant; null for never; absent where the policy fixes it. */
  expires_at: instant.nullish(),
  /** A service account that issues it; absent where the creator does. */
  issuer_id: z.uuid({ error: "Choose whom the token is for." }).nullish(),
  /** From where it may be used, within the policy's own; absent or empty for wherever the policy allows. */
  allowed_networks: networkListInput.optional(),
});
export type CreateTokenInput = z.output<typeof createTokenInput>;
export type CreateTokenWish = z.input<typeof createTokenInput>;

/** What may be changed of a living token. */
export const updateTokenInput = z
  .strictObject({
    name: nameInput("a name").optional(),
    description: descriptionInput("the description").nullable().optional(),
    allowed_networks: networkListInput.optional(),
  })
  .refine((value) => Object.values(value).some((field) => field !== undefined), {
    error: "Give a name, a description or networks.",
  });
export type UpdateTokenInput = z.output<typeof updateTokenInput>;

export const updateTokenActionInput = z.strictObject({ id: tokenId, change: updateTokenInput });
export const deleteTokenInput = z.strictObject({ id: tokenId });

export const LAST_USED_RANGES = ["24h", "7d", "30d", "90d", "over_90d", "never"] as const;
export type LastUsedRange = (typeof LAST_USED_RANGES)[number];

/** Where a live token stands to the policy of now. */
export const POLICY_STANDINGS = ["within", "outside"] as const;

/** Within seven days; or those of these of which the asker has not said that they know. */
export const EXPIRES_CHOICES = ["soon", "unacknowledged"] as const;
export type ExpiresChoice = (typeof EXPIRES_CHOICES)[number];

/** An extension. Null for never. */
export const extendTokenInput = z.strictObject({ expires_at: instant.nullable() });
export type ExtendTokenInput = z.output<typeof extendTokenInput>;

/** A rotation. Days for which the old secret goes on after the new one was first used. */
export const rotateTokenInput = z.strictObject({
  overlap_days: z
    .int({ error: "Give whole days." })
    .min(0, { error: "Give 0 days or more." })
    .max(MAX_OVERLAP_DAYS, { error: `Give ${MAX_OVERLAP_DAYS} days at most.` })
    .default(DEFAULT_OVERLAP_DAYS),
});
export type RotateTokenInput = z.output<typeof rotateTokenInput>;

export const rotateTokenActionInput = rotateTokenInput.extend({ id: tokenId });
export const extendTokenActionInput = extendTokenInput.extend({ id: tokenId });

export const TOKEN_SORTS = ["created_at", "name", "last_used_at", "expires_at"] as const;
export type TokenSort = (typeof TOKEN_SORTS)[number];

const sorts = TOKEN_SORTS.flatMap((column) => [column, `-${column}`] as const);

/** Search, filters, order and page of the token table. The page's URL and the API use the same names. */
export const tokenQuery = z.strictObject({
  q: z
    .string()
    .max(200)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), { error: "Search without control characters." })
    .default(""),
  issued_by: z
    .array(z.uuid({ error: "Give the id of a member." }))
    .max(50)
    .default([]),
  role: z
    .array(z.union([z.uuid({ error: "Give the id of a role, or none." }), z.literal("none")]))
    .max(50)
    .default([]),
  status: z.array(z.enum(TOKEN_STATUSES)).max(3).default([]),
  last_used: z.enum(LAST_USED_RANGES).nullable().default(null),
  expires: z.enum(EXPIRES_CHOICES).nullable().default(null),
  policy: z.enum(POLICY_STANDINGS).nullable().default(null),
  sort: z.enum(sorts as [string, ...string[]]).default("-created_at"),
  limit: pageSize,
  cursor: z.string().max(2000).nullable().default(null),
});
export type TokenQuery = z.output<typeof tokenQuery>;
