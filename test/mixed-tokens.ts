import fc from "fast-check";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { tokenPolicyInput } from "@/lib/tokens/token-policy-input";
import type { TokenKind } from "@/lib/tokens/token-secret";
import { days } from "./clock";
import type { World } from "./world";

/** Any policy that the page can send: drawn field by field, and what makes no sense left out. */
export const anyPolicy: fc.Arbitrary<TokenPolicy> = fc
  .record({
    issuers: fc.constantFrom("everyone", "administrators", "administrators_with_teams", "permitted"),
    visibility: fc.constantFrom("own", "administrators", "permitted"),
    access: fc.constantFrom("assigned_role", "issuer"),
    expiry: fc.constantFrom("never", "optional", "required", "fixed"),
    expiryDays: fc.constantFrom(null, 1, 30, 90, 180),
    deleteExpired: fc.boolean(),
    maxPerOrganization: fc.constantFrom(null, 3, 50),
    maxPerIssuer: fc.constantFrom(null, 1, 2),
    credential: fc.constantFrom("secret", "client"),
    description: fc.constantFrom("hidden", "optional", "required"),
    descriptionLength: fc.constantFrom(null, 1, 8, 9),
    secretShown: fc.constant("masked"),
    closing: fc.constant("close"),
    mailOnCreate: fc.boolean(),
    mailOnDelete: fc.boolean(),
    noticeDays: fc.constantFrom([], [7, 1]),
    noticeAdministrators: fc.constant(false),
    inactiveDays: fc.constantFrom(null, 1, 10, 90),
    tokensMayMint: fc.boolean(),
    allowedNetworks: fc.constantFrom([], ["10.0.0.0/8"]),
    callsPerToken: fc.constantFrom(null, 60),
    callsPerOrganization: fc.constantFrom(null, 60, 600),
  } satisfies Record<keyof TokenPolicy, unknown>)
  .filter((policy) => tokenPolicyInput.safeParse(policy).success) as unknown as fc.Arbitrary<TokenPolicy>;

/** Tokens that differ in everything a policy looks at, by people of every role and by a program. */
export async function addMixedTokens(world: World): Promise<void> {
  const service = await world.addMember({ role: "viewer", email: null, owner: world.admin });
  const gone = await world.addMember({ role: "user", status: "deactivated" });
  const lives = [null, { days: 30, ms: 0 }, { days: 30, ms: 1 }, { days: 90, ms: 0 }, { days: 180, ms: 0 }] as const;
  const kinds: TokenKind[] = ["pat", "cls", "tmp"];
  let n = 0;
  for (const issuer of [world.admin, world.engineer, world.user, world.viewer, service, gone]) {
    for (const life of lives) {
      n += 1;
      const createdAt = days(n % 4 === 0 ? -200 : -20);
      await world.addToken(issuer, {
        kind: kinds[n % kinds.length] as TokenKind,
        roleId: [null, world.roleIds.viewer, world.roleIds.administrator, world.roleIds.user][n % 4] ?? null,
        description: [null, "", "What for"][n % 3] ?? null,
        createdAt,
        expiresAt: life && new Date(createdAt.getTime() + life.days * 86_400_000 + life.ms),
        ...(n % 11 === 0 ? { deletedAt: days(-1) } : {}),
      });
    }
  }
}
