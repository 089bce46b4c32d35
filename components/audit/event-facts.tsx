import type { ReactNode } from "react";
import { z } from "zod";
import { ExactTime } from "@/components/ui/relative-time";

type EventFactsProps = {
  details: Record<string, unknown>;
  /** What ids in it stand for. */
  names: Record<string, string>;
};

const change = z.strictObject({ from: z.unknown().optional(), to: z.unknown().optional() });
const named = z.looseObject({ id: z.string(), name: z.string() });
const instant = z.iso.datetime({ offset: true });

/** What an event tells beside who, what and when. Whatever shape it has, each fact gets a line. */
export function EventFacts({ details, names }: EventFactsProps) {
  return (
    <dl className="grid gap-x-6 gap-y-0.5 text-xs sm:gap-y-1.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
      {Object.entries(details).map(([key, value]) => {
        const { data } = change.safeParse(value);
        const isChange = data !== undefined && value !== null && ("from" in data || "to" in data);
        return (
          <div key={key} className="contents">
            <dt className="text-soft">{label(key)}</dt>
            <dd className="min-w-0 max-sm:mb-1.5 [overflow-wrap:anywhere]">
              {isChange ? (
                <>
                  <Value value={data.from} names={names} />
                  <span aria-hidden="true"> → </span>
                  <span className="sr-only"> became </span>
                  <Value value={data.to} names={names} />
                </>
              ) : (
                <Value value={value} names={names} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** `group_ids` is "Groups", `expires_at` is "Expires at", `allowedNetworks` is "Allowed networks". */
function label(key: string): string {
  const words = key
    .replace(/_ids$/, "s")
    .replace(/_id$/, "")
    .replaceAll("_", " ")
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function Value({ value, names }: { value: unknown; names: Record<string, string> }): ReactNode {
  if (value === null || value === undefined || value === "") return <span className="text-faint">nothing</span>;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en");
  if (typeof value === "string") {
    if (instant.safeParse(value).success) return <ExactTime value={value} />;
    return <bdi>{names[value] ?? value}</bdi>;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="text-faint">nothing</span>;
    return value.map((each, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
      <span key={index}>
        {index > 0 && ", "}
        <Value value={each} names={names} />
      </span>
    ));
  }
  const { data } = named.safeParse(value);
  if (data) return <bdi>{data.name}</bdi>;
  return Object.entries(value).map(([key, each], index) => (
    <span key={key}>
      {index > 0 && ", "}
      {label(key).toLowerCase()} <Value value={each} names={names} />
    </span>
  ));
}
