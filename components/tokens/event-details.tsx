import type { ReactNode } from "react";
import { z } from "zod";
import { CalendarDate, ExactTime } from "@/components/ui/relative-time";
import type { TokenEvent } from "@/lib/tokens/read-token-events";
import type { TokenRow } from "@/lib/tokens/token-row";
import { counted } from "./counted";
import { networksInWords } from "./network-lines";

const change = z.object({ from: z.string().nullable(), to: z.string().nullable() });
const networks = z.array(z.string());
const updated = z.object({
  name: change.optional(),
  description: change.optional(),
  allowed_networks: z.object({ from: networks, to: networks }).optional(),
});
const created = z.object({
  name: z.string(),
  role_id: z.string().nullish(),
  expires_at: z.union([z.iso.datetime({ offset: true }), z.date()]).nullish(),
  allowed_networks: networks.optional(),
});

const rotated = z.object({ overlap_days: z.number() });
const replaced = z.object({ old_secret_ends_at: z.iso.datetime({ offset: true }) });
const ended = z.discriminatedUnion("by_policy", [
  z.object({ by_policy: z.literal("inactiveDays"), inactive_days: z.number() }),
  z.object({ by_policy: z.literal("deleteExpired") }),
]);

const ENDED_SECRET = "because somebody asked for a new secret with one that had ended";

/** Why a token was deleted where nobody chose to; null where somebody did. */
export function whyDeleted({ details }: Pick<TokenEvent, "details">): string | null {
  if (details.old_secret_presented === true) return ENDED_SECRET;
  const { data } = ended.safeParse(details);
  if (!data) return null;
  if (data.by_policy === "deleteExpired") return "by the policy, because it had expired";
  const { inactive_days: days } = data;
  return `by the policy, because nobody used it for more than ${days} ${days === 1 ? "day" : "days"}`;
}

/** What an event changed. Events of another time may look different: what is not understood is left out. */
export function EventDetails({ event, token }: { event: TokenEvent; token: TokenRow }) {
  if (event.action === "token.updated") {
    const { data } = updated.safeParse(event.details);
    return (
      <>
        {data?.name && <Change of="Name" {...data.name} />}
        {data?.description && <Change of="Description" {...data.description} />}
        {data?.allowed_networks && (
          <Change
            of="Allowed networks"
            from={networksInWords(data.allowed_networks.from) || "wherever the policy allows"}
            to={networksInWords(data.allowed_networks.to) || "wherever the policy allows"}
          />
        )}
      </>
    );
  }
  if (event.action === "token.created") {
    const { data } = created.safeParse(event.details);
    if (!data) return null;
    return (
      <p className="text-pretty text-soft text-xs [overflow-wrap:anywhere]">
        as <Value>{data.name}</Value>
        {data.role_id && data.role_id === token.role?.id && (
          <>
            , with the role <Value>{token.role.name}</Value>
          </>
        )}
        {data.expires_at ? (
          <>
            , to expire on <CalendarDate value={data.expires_at} />
          </>
        ) : (
          ", without an expiry"
        )}
        {data.allowed_networks && (
          <>
            , allowed networks <Value>{networksInWords(data.allowed_networks)}</Value>
          </>
        )}
      </p>
    );
  }
  if (event.action === "token.rotated") {
    const { data } = rotated.safeParse(event.details);
    if (!data) return null;
    return (
      <p className="text-pretty text-soft text-xs">
        {data.overlap_days === 0
          ? "to end the old one at the first use of it"
          : `for the old one to go on for ${counted(data.overlap_days, "day")} after its first use`}
      </p>
    );
  }
  if (event.action === "token.secret_replaced") {
    const { data } = replaced.safeParse(event.details);
    if (!data) return null;
    return (
      <p className="text-pretty text-soft text-xs">
        the old one ends on <ExactTime value={data.old_secret_ends_at} className="whitespace-normal!" />
      </p>
    );
  }
  if (event.action === "token.deleted") {
    const because = whyDeleted(event);
    return because && <p className="text-pretty text-soft text-xs">{because}</p>;
  }
  return null;
}

const Change = ({ of, from, to }: { of: string; from: string | null; to: string | null }) => (
  <p className="text-pretty text-soft text-xs [overflow-wrap:anywhere]">
    {of}: {from ? <Value>{from}</Value> : "nothing"}
    <span aria-hidden="true"> → </span>
    <span className="sr-only"> became </span>
    {to ? <Value>{to}</Value> : "nothing"}
  </p>
);

const Value = ({ children }: { children: ReactNode }) => <bdi className="text-ink">{children}</bdi>;
