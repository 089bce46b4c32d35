import { ACTS, type Deed, deedOf } from "./acts";
import { apiCells, faultsOf, readerOfBearer, sendCell, withoutItsNumber } from "./api-cells";
import type { ApiRow, Rows } from "./build-rows";
import type { Cast } from "./cast";
import { changes, differences, takeSnapshot } from "./database-snapshot";
import { foreignWords, STRANGER } from "./foreign-words";
import { changesSomething, isDoor } from "./oracle";
import type { OwnServer } from "./own-server";
import { askedBy, pageCells, readerOfPage, visibleWords } from "./page-cells";
import { each, openPage, runAction } from "./requests";
import { deedTargets, readerOfVisitor, visitorsOf } from "./visits";

export interface Stage {
  rows: Rows;
  server: OwnServer;
  cast: Cast;
}

/** What a trial came to: everything that was not as it should be, in a line each. */
export interface Verdict {
  faults: string[];
  /** How many places said *not found*: none of them would mean that nothing was compared. */
  notFound: number;
}

/** Runs `work` and tells what it changed in the whole database and should not have, or should have and did not. */
export async function surprises({ sql }: OwnServer, wanted: () => string[], work: () => Promise<unknown>) {
  const before = await takeSnapshot(sql);
  await work();
  return differences(changes(before, await takeSnapshot(sql)), wanted());
}

const isTriedAlone = (row: ApiRow) => changesSomething(row) || isDoor(row);

/** Every route and method, with every kind of credential, on every kind of id. */
export async function tryApi({ rows, server, cast }: Stage): Promise<Verdict> {
  const faults: string[] = [];
  const notFound = new Map<string, string>();
  // Rows that change something one by one, so that a change is blamed on the right one.
  const batches = [rows.api.filter((row) => !isTriedAlone(row)), ...rows.api.filter(isTriedAlone).map((row) => [row])];
  for (const batch of batches) {
    const cells = (await Promise.all(batch.map((row) => apiCells(row, cast)))).flat();
    const foreign = await foreignWords(server.sql);
    const unwanted = await surprises(
      server,
      () => cells.flatMap(({ effects }) => effects),
      () =>
        each(cells, async (cell) => {
          const answer = await sendCell(server.url, cell);
          faults.push(...faultsOf(cell, answer));
          const words = foreign(answer.text, readerOfBearer(cell.bearer), cell.target?.id ?? "");
          if (words.length > 0) faults.push(`${cell.label}: shows ${words.join(", ")}`);
          if (cell.expected.code !== "not_found" || cell.row.kind !== "token") return;
          const place = `${cell.row.method} ${cell.row.path}`;
          const said = withoutItsNumber(answer);
          if (said !== (notFound.get(place) ?? said))
            faults.push(`${cell.label}: its "not found" is unlike the others`);
          notFound.set(place, said);
        }),
    );
    faults.push(...unwanted.map((surprise) => `${batch[0]?.method} ${batch[0]?.path} … ${surprise}`));
  }
  return { faults, notFound: notFound.size };
}

/** Every page for every visitor, in every form of the request, on every kind of id. */
export async function tryPages({ rows, server, cast }: Stage): Promise<Verdict> {
  const faults: string[] = [];
  const notFound = new Map<string, string>();
  const foreign = await foreignWords(server.sql);
  const cells = rows.pages.flatMap((row) => pageCells(row, cast));
  const unwanted = await surprises(
    server,
    () => [],
    () =>
      each(cells, async (cell) => {
        const answer = await openPage(server.url, cell.row, cell.form, cell);
        if (cell.expected && answer.outcome !== cell.expected)
          faults.push(`${cell.label}: ${answer.outcome}, not ${cell.expected}`);
        const words = foreign(answer.text, readerOfPage(cell), askedBy(cell));
        if (words.length > 0) faults.push(`${cell.label}: shows ${words.join(", ")}`);
        if (answer.outcome !== "not found" || cell.form !== "document") return;
        const place = `${cell.row.path} for ${cell.visitor.label}`;
        const said = `${answer.status} ${visibleWords(answer.text)}`;
        if (said !== (notFound.get(place) ?? said)) faults.push(`${cell.label}: its "not found" is unlike the others`);
        notFound.set(place, said);
      }),
  );
  return { faults: [...faults, ...unwanted], notFound: notFound.size };
}

/** Every server action by every visitor, on every kind of id. */
export async function tryActions({ rows, server, cast }: Stage): Promise<Verdict> {
  const faults: string[] = [];
  let places = 0;
  for (const row of rows.actions) {
    const cells = visitorsOf(row, cast).flatMap((visitor) =>
      deedTargets(row, visitor, cast).map((target) => ({ visitor, target })),
    );
    const deeds = await each(cells, ({ visitor, target }) => deedOf(row, visitor, target, cast));
    const foreign = await foreignWords(server.sql);
    const notFound = new Set<string>();
    const wanted: string[] = [];
    const unwanted = await surprises(
      server,
      () => wanted,
      () =>
        each(cells, async ({ visitor }, at) => {
          const deed = deeds[at] as Deed;
          const answer = await runAction(server.url, row, deed);
          if (answer.said !== deed.said) faults.push(`${deed.label}: ${answer.said}, not ${deed.said}`);
          wanted.push(...deed.effects(answer));
          const words = foreign(answer.text, deed.said === "signed out" ? STRANGER : readerOfVisitor(visitor), "");
          if (words.length > 0) faults.push(`${deed.label}: shows ${words.join(", ")}`);
          if (answer.said === "not_found") notFound.add(answer.text);
        }),
    );
    places += notFound.size > 0 ? 1 : 0;
    if (notFound.size > 1) faults.push(`${row.name} says "not found" in ${notFound.size} ways`);
    const counted = ACTS[row.name]?.counts;
    faults.push(...unwanted.filter((surprise) => !counted || !surprise.startsWith(`changed ${counted} `)));
  }
  return { faults, notFound: places };
}
