import { z } from "zod";

// What the schemas of answers have in common. Whoever writes an answer writes its schema beside it: the document, the
// reference, the clients and the tests go by that.

/** RFC 3339 in UTC, as every time of the API. */
export const instant = z.iso.datetime();

export const time = (at: Date | number): string => new Date(at).toISOString();
export const timeOrNull = (at: Date | number | null): string | null => (at === null ? null : time(at));

/** Something of the organization by its id, with the name that people know it by. */
export const named = z.object({
  id: z.uuid().describe("Stays when the name changes."),
  name: z.string().describe("As people know it now."),
});

/** A group as a member belongs to it. */
export const membership = named
  .extend({ is_administrator: z.boolean().describe("Whether the member administers this group.") })
  .meta({ id: "Membership" });

interface MembershipRow {
  id: string;
  name: string;
  isAdministrator: boolean;
}

export const membershipResource = ({ id, name, isAdministrator }: MembershipRow): z.output<typeof membership> => ({
  id,
  name,
  is_administrator: isAdministrator,
});

/** One page of a list, as every list answers; `id` names the schema in the document. */
export const pageAnswer = <Resource extends z.ZodType>(id: string, resource: Resource) =>
  z
    .object({
      data: z.array(resource).describe("What is on this page, in the order of the list."),
      next_cursor: z.string().nullable().describe("For the query of the next page; null on the last one."),
    })
    .meta({ id });
