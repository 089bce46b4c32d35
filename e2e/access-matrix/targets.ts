import { randomUUID } from "node:crypto";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { mintToken } from "@/lib/tokens/token-secret";
import type { Cast, House, Person } from "./cast";

/** Whose the thing is that a request names. The last two are nobody's. */
export const BELONGINGS = ["own", "a colleague's", "another organization's", "never made", "no id at all"] as const;
export type Belonging = (typeof BELONGINGS)[number];

/** A part of an address or an input that names something. */
export interface Target {
  belongs: Belonging;
  id: string;
}

type Named = "token" | "member" | "session" | "organization" | "group" | "notification";

const idOf: Record<Named, (person: Person) => string> = {
  token: ({ token }) => token.id,
  member: ({ member }) => member.memberId,
  session: ({ sessionId }) => sessionId,
  organization: ({ house }) => house.organizationId,
  // Of everybody's own house there is one.
  group: ({ house }) => house.groupId,
  notification: ({ notificationId }) => notificationId,
};

const neverMade: Record<Named, () => string> = {
  token: () => mintToken(mintingKeys().prefix, "pat").id,
  member: randomUUID,
  session: randomUUID,
  organization: randomUUID,
  group: randomUUID,
  notification: randomUUID,
};

/** Somebody else of the same organization, who is no administrator. */
export function colleagueOf({ house, member }: { house: House; member: { memberId: string } | null }): Person {
  const last = house.people.at(-1) as Person;
  return member?.memberId === last.member.memberId ? (house.people[2] as Person) : last;
}

/** Ids of everything that such a request can name, seen from `me`; from nobody's point of view there is only elsewhere. */
export function targetsOf(what: Named, me: Person | null, cast: Cast): Target[] {
  const elsewhere = cast.nextHouse(me?.house ?? null).people[0] as Person;
  return [
    ...(me
      ? [
          { belongs: "own" as const, id: idOf[what](me) },
          { belongs: "a colleague's" as const, id: idOf[what](colleagueOf(me)) },
        ]
      : []),
    { belongs: "another organization's", id: idOf[what](elsewhere) },
    { belongs: "never made", id: neverMade[what]() },
    { belongs: "no id at all", id: "0" },
  ];
}
