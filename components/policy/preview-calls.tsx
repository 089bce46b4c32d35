import { Notice } from "@/components/ui/notice";
import type { Slowed } from "@/lib/tokens/read-slowed";
import type { TokenWords } from "@/lib/tokens/token-words";

/** "Each is held to 60 calls a minute from saving on, and all together to 600." */
export function heldTo({ eachToken, organization }: Slowed): string {
  const calls = ({ limit }: { limit: number }) =>
    `${limit.toLocaleString("en")} ${limit === 1 ? "call" : "calls"} a minute`;
  if (!eachToken) return organization ? `All together are held to ${calls(organization)} from saving on.` : "";
  const together = organization ? `, and all together to ${organization.limit.toLocaleString("en")}` : "";
  return `Each is held to ${calls(eachToken)} from saving on${together}.`;
}

/** What lower limits on calls mean, by the hours of the last days: bursts within an hour are not known. */
export function PreviewCalls({ slowed, words }: { slowed: Slowed | null; words: TokenWords }) {
  if (!slowed) return null;
  const { days, eachToken, organization } = slowed;
  const tokens = eachToken?.busier ?? 0;
  const many = `${tokens.toLocaleString("en")} ${tokens === 1 ? words.one : words.many}`;
  const made = [tokens > 0 && many, organization?.busier && `${tokens > 0 ? "a" : "A"}ll of the organization together`];
  const busier = made.filter(Boolean).join(" and ");
  return (
    <Notice
      tone={busier ? "warning" : undefined}
      title={busier ? `${busier} made more calls than that for an hour` : "Calls above the limit are refused"}
    >
      {busier
        ? `Judged by the last ${days} days. What is above the limit is refused, and hears when to come again.`
        : `Over no hour of the last ${days} days were there so many. Of shorter bursts nothing is known.`}
    </Notice>
  );
}
