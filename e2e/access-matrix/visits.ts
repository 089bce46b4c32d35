import { ACTS } from "./acts";
import type { ActionRow } from "./build-rows";
import type { Cast, Person, Visitor } from "./cast";
import { type Reader, STRANGER } from "./foreign-words";
import { readsMembers, seesAll } from "./oracle";
import { type Target, targetsOf } from "./targets";

/** How far the eyes of somebody reach who was let in. */
export function readerOfVisitor({ house, member, userId, standing, elsewhere }: Visitor): Reader {
  const powers = house && member ? { house, permissions: member.permissions } : null;
  return {
    ...STRANGER,
    house,
    memberId: member?.memberId ?? null,
    userId,
    elsewhere,
    seesMembers: powers !== null && readsMembers(powers),
    seesAllTokens: powers !== null && seesAll(powers),
    isOperator: standing === "operator",
  };
}

/** Who tries an action. What asks for no member is the same in every organization. */
export const visitorsOf = ({ guard }: ActionRow, { visitors, houses }: Cast): Visitor[] =>
  visitors.filter(({ house }) => guard === "member" || house === null || house === houses[0]);

/** What such a visitor can name in an action; those without an organization try an administrator's things. */
export function deedTargets({ name }: ActionRow, visitor: Visitor, cast: Cast): (Target | null)[] {
  const names = ACTS[name]?.names;
  if (!names) return [null];
  const admin = cast.houses[0]?.people[0] as Person;
  return targetsOf(names, visitor.standing === "member" ? (visitor as Person) : admin, cast);
}
