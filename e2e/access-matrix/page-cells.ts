import { DEMO_EMAILS } from "@/lib/auth/demo-accounts";
import type { PageRow } from "./build-rows";
import type { Cast, Person, Visitor } from "./cast";
import { type Reader, STRANGER } from "./foreign-words";
import { expectedOfPage, isLetIn, type PageOutcome } from "./oracle";
import { FORMS, type Form } from "./requests";
import { type Target, targetsOf } from "./targets";
import { readerOfVisitor } from "./visits";

/** A visit of a page, and what has to come of it. */
export interface PageCell {
  label: string;
  row: PageRow;
  visitor: Visitor;
  form: Form;
  id: string;
  /** With a question mark, or empty. */
  search: string;
  headers: Record<string, string>;
  /** Null for a prefetch, which may hold less than the page: it only must not show what is not theirs. */
  expected: PageOutcome | null;
  /** What the page does for this visitor in full. */
  outcome: PageOutcome;
}

/**
 * Every visitor, on every kind of id that the address can hold. In one organization, and for those from nowhere, also in
 * the other forms of the request.
 */
export function pageCells(row: PageRow, cast: Cast): PageCell[] {
  return cast.visitors
    .filter((visitor) => row.guard !== "anybody" || isSample(visitor, cast))
    .flatMap((visitor) =>
      targetsFor(row, visitor, cast).flatMap((target) => [
        ...formsFor(visitor, target, cast).map((form) => cellOf(row, visitor, form, target, "")),
        ...(isClose(visitor, cast) ? [cellOf(row, visitor, "document", target, searchFor(visitor, cast))] : []),
      ]),
    );
}

const isClose = ({ house }: Visitor, { houses }: Cast) => house === null || house === houses[0];

/** A cookie that opens nothing is the same as none. */
const isNobodyAgain = ({ standing, headers }: Visitor) => standing === "nobody" && Object.keys(headers).length > 0;

/** One of each standing: pages that ask for nobody in particular know no more of their visitors. */
const isSample = (visitor: Visitor, { houses }: Cast) =>
  visitor.standing === "member" ? visitor === houses[0]?.people[0] : !isNobodyAgain(visitor);

function formsFor(visitor: Visitor, target: Target | null, cast: Cast): readonly Form[] {
  if (!isClose(visitor, cast) || isNobodyAgain(visitor)) return ["document"];
  return target === null || target.belongs === "own" ? FORMS : ["document", "payload without its layouts"];
}

/** What a visitor can ask for by id: those of no organization try an administrator's own, and one that never was. */
function targetsFor({ names }: PageRow, visitor: Visitor, cast: Cast): (Target | null)[] {
  if (!names) return [null];
  if (visitor.standing !== "member") return targetsOf(names, null, cast).slice(0, 2);
  const targets = targetsOf(names, visitor as Person, cast);
  return isClose(visitor, cast) ? targets : targets.slice(0, 3);
}

/** Filters that name another organization's people, roles and tokens. */
function searchFor({ house }: Visitor, cast: Cast): string {
  const { people, roleIds } = cast.nextHouse(house);
  const [admin] = people as [Person];
  const search = {
    issued_by: admin.member.memberId,
    role: roleIds.administrator,
    q: admin.token.id,
  };
  return `?${new URLSearchParams(search)}`;
}

function cellOf(row: PageRow, visitor: Visitor, form: Form, target: Target | null, search: string): PageCell {
  const outcome = expectedOfPage(row, visitor, target?.belongs ?? null);
  const on = target ? ` on ${target.belongs}` : "";
  return {
    label: `${row.path} as a ${form} for ${visitor.label}${on}${search && " with a search"}`,
    row,
    visitor,
    form,
    id: target?.id ?? "",
    search,
    headers: visitor.headers,
    expected: form.startsWith("prefetch") ? null : outcome,
    outcome,
  };
}

/** Those who are not let in must see nothing at all, whatever else they may see elsewhere. */
export function readerOfPage({ row, outcome, visitor }: PageCell): Reader {
  const isLet = (row.guard !== "anybody" && isLetIn(row, outcome)) || row.path === "/invitation";
  if (isLet) return { ...readerOfVisitor(visitor), ...SHOWN_THERE[row.path] };
  return TELLS_WHO_ONE_IS.has(row.path) ? { ...STRANGER, userId: visitor.userId } : STRANGER;
}

/** Pages that say as whom somebody is signed in, also where they say that there is nothing. */
const TELLS_WHO_ONE_IS = new Set(["/in/[organization]/[[...path]]"]);

/** What pages show beyond what their visitors see elsewhere. */
const SHOWN_THERE: Record<string, Partial<Reader>> = {
  "/operator/outbox": { readsAddresses: true },
  "/notifications": { isToldNames: true },
  "/hub/notifications": { isToldNames: true },
};

/** What the answer may repeat: what the request itself said, and the demo accounts where they are offered. */
export const askedBy = ({ row, id, search }: PageCell): string =>
  [id, search, ...(row.path === "/sign-in" ? DEMO_EMAILS : [])].join(" ");

/**
 * The words that a person sees, without their order: it depends on what of a page is ready first. No id is among them on
 * a page that says that there is nothing.
 */
export function visibleWords(html: string): string {
  const text = html.replace(/<(script|style|template)\b.*?<\/\1>/gs, " ").replace(/<[^>]*>/g, " ");
  return [...new Set(text.split(/\s+/))].sort().join(" ");
}
