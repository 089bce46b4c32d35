"use client";

import { Check, Minus } from "lucide-react";
import { Fragment, type ReactNode, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { useScrollEdges } from "@/components/ui/scroll-edges";
import { Select } from "@/components/ui/select";
import type { ComparedRole, RolesView } from "@/lib/roles/view-roles";
import type { TokenWords } from "@/lib/tokens/token-words";
import type { RoleActions } from "./role-actions";
import { RoleMenu } from "./role-menu";

type RoleMatrixProps = { view: RolesView; words: TokenWords; actions: RoleActions };

const first = "sticky left-0 z-10 bg-panel";
// The names of the roles stay in sight in a box as high as the window; a phone's box is as high as its table.
const top = "sm:sticky sm:top-0 sm:z-20 bg-panel sm:shadow-[0_1px_var(--line)]";
const line = "border-line border-t";
const groupLook = "whitespace-nowrap bg-bg px-4 max-sm:px-3 py-1.5 text-left font-medium text-soft text-xs";

/** Permissions down, roles across. A phone has room for two roles at a time. */
export function RoleMatrix({ view, words, actions }: RoleMatrixProps) {
  const { roles, catalogue, partial } = view;
  const box = useRef<HTMLElement>(null);
  useScrollEdges(box);
  const own = roles.find(({ isYours }) => isYours) ?? roles[0];
  const [left, setLeft] = useState(own?.id);
  const [right, setRight] = useState((roles.find(({ id }) => id !== own?.id) ?? own)?.id);
  // A role that is chosen no longer may have been deleted since.
  const pair = [roles.find(({ id }) => id === left) ?? roles[0], roles.find(({ id }) => id === right) ?? roles.at(-1)];
  // Columns of a table cannot change places by style: a phone has two of its own, in the order of its choices.
  const columns = [
    ...pair.flatMap((role, place) => (role ? [{ key: `${place}`, role, shown: "sm:hidden" }] : [])),
    ...roles.map((role) => ({ key: role.id, role, shown: "max-sm:hidden" })),
  ];
  const options = roles.map(({ id, name }) => ({ value: id, label: name }));

  // Choosing what stands on the other side changes places with it: no role beside itself.
  function compare(id: string) {
    if (id === pair[1]?.id) setRight(pair[0]?.id);
    setLeft(id);
  }
  function compareWith(id: string) {
    if (id === pair[0]?.id) setLeft(pair[1]?.id);
    setRight(id);
  }

  const facts: [string, (role: ComparedRole) => ReactNode][] = [
    [
      partial.members ? "Members that you see" : "Members",
      ({ members }) => (members === null ? <Unknown /> : members.toLocaleString("en")),
    ],
    [`Active ${words.many}${partial.tokens ? " that you see" : ""}`, ({ tokens }) => tokens.toLocaleString("en")],
    ["Beside your own", (role) => <Standing role={role} />],
    [
      "Contains",
      ({ contains }) =>
        contains.length > 1 && contains.length === roles.length - 1 ? (
          <span className="text-soft text-xs">every other role</span>
        ) : contains.length > 0 ? (
          <p className="line-clamp-2 text-soft text-xs [overflow-wrap:anywhere]" title={contains.join(", ")}>
            {contains.map((name, index) => (
              <Fragment key={name}>
                {index > 0 && ", "}
                <bdi>{name}</bdi>
              </Fragment>
            ))}
          </p>
        ) : (
          <span className="text-soft text-xs">no other</span>
        ),
    ],
  ];

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="grid grid-cols-2 gap-2 sm:hidden">
        <Select aria-label="Compare" options={options} value={pair[0]?.id} onValueChange={compare} />
        <Select aria-label="With" options={options} value={pair[1]?.id} onValueChange={compareWith} />
      </div>
      <section
        ref={box}
        aria-label="Roles side by side"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="relative isolate overflow-x-auto sm:max-h-[max(24rem,calc(100dvh-6rem))] sm:overflow-y-auto rounded-surface border border-line bg-panel focus-visible:-outline-offset-2 data-[beside]:[mask-image:linear-gradient(to_left,transparent,black_3rem)]"
      >
        <table className="w-full border-separate border-spacing-0 text-sm max-sm:table-fixed">
          <thead>
            <tr className="align-bottom">
              <th
                scope="col"
                className={classNames(
                  first,
                  top,
                  "z-30! min-w-60 px-4 py-3 text-left font-medium text-soft text-xs max-sm:w-[40%] max-sm:min-w-0 max-sm:px-3",
                )}
              >
                Permission
              </th>
              {columns.map(({ key, role, shown }) => (
                <th
                  key={key}
                  scope="col"
                  className={classNames(
                    top,
                    "min-w-30 max-w-40 px-3 py-3 text-left align-bottom font-medium max-sm:min-w-0 max-sm:px-2 max-sm:text-xs",
                    shown,
                  )}
                >
                  <span className="flex items-end justify-between gap-1 max-sm:flex-col max-sm:items-start">
                    <span className="grid min-w-0 gap-0.5">
                      <span dir="auto" title={role.name} className="line-clamp-2 text-left [overflow-wrap:anywhere]">
                        {role.name}
                      </span>
                      <span className="font-normal text-faint text-xs">{role.builtIn ? "Built in" : "Your own"}</span>
                    </span>
                    {view.mayWrite && role.builtIn === null && (
                      <RoleMenu view={view} role={role} words={words} actions={actions} />
                    )}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.map(([label, of]) => (
              <tr key={label} className="align-top">
                <th
                  scope="row"
                  className={classNames(first, line, "px-4 py-2.5 text-left font-normal text-soft max-sm:px-3")}
                >
                  {label}
                </th>
                {columns.map(({ key, role, shown }) => (
                  <td key={key} className={classNames(line, "max-w-40 px-3 py-2.5 max-sm:px-2", shown)}>
                    {of(role)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {catalogue.map((part) => (
            <tbody key={part.resource}>
              <tr>
                <th scope="rowgroup" className={classNames("sticky left-0 z-10", line, groupLook)}>
                  {part.own ? part.resource : titleOf(part.resource)}
                  {part.own && <span className="font-normal text-faint"> · your own</span>}
                </th>
                {/* Cells of their own, so that hidden columns take no room on a phone. */}
                {columns.map(({ key, shown }) => (
                  <td key={key} className={classNames(line, "bg-bg", shown)} />
                ))}
              </tr>
              {part.permissions.map(({ name, sentence }) => (
                <tr key={name} className="group">
                  <th
                    scope="row"
                    className={classNames(
                      first,
                      line,
                      "px-4 py-2 text-left font-normal group-hover:bg-hover max-sm:px-3",
                    )}
                  >
                    <span className="block text-pretty [overflow-wrap:anywhere]">{sentence}</span>
                    <code className="block font-mono text-faint text-xs [overflow-wrap:anywhere]">
                      {name.slice(0, name.indexOf(":") + 1)}
                      <wbr />
                      {name.slice(name.indexOf(":") + 1)}
                    </code>
                  </th>
                  {columns.map(({ key, role, shown }) => (
                    <td key={key} className={classNames(line, "px-3 py-2 group-hover:bg-hover max-sm:px-2", shown)}>
                      <Mark held={role.permissions.includes(name)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
    </div>
  );
}

const titleOf = (resource: string) => `${resource.charAt(0).toUpperCase()}${resource.slice(1)}`;

function Mark({ held }: { held: boolean }) {
  return held ? (
    <Fragment>
      <Check aria-hidden="true" strokeWidth={2.25} className="size-4 text-green" />
      <span className="sr-only">Yes</span>
    </Fragment>
  ) : (
    <Fragment>
      <Minus aria-hidden="true" className="size-4 text-line-strong" />
      <span className="sr-only">No</span>
    </Fragment>
  );
}

const Unknown = () => (
  <>
    <span aria-hidden="true" className="text-faint">
      –
    </span>
    <span className="sr-only">not yours to see</span>
  </>
);

function Standing({ role }: { role: ComparedRole }) {
  if (role.isYours) return <span className="font-medium">Yours</span>;
  return role.withinYours ? "Equal or lower" : <span className="text-soft">Allows more</span>;
}
