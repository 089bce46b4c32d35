import { Meter } from "@/components/ui/meter";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { TokenWords } from "@/lib/tokens/token-words";

type TokenCountProps = { options: CreateOptions; sees: "all" | "own"; organizationName: string; words: TokenWords };

/** How many tokens there are, and in plain sight why there can be no other now. */
export function TokenCount({ options, sees, organizationName, words }: TokenCountProps) {
  if (options.refusal?.code === "not_an_issuer") {
    return (
      <p className="max-w-72 text-pretty text-soft text-sm sm:text-right">
        In <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi>,{" "}
        {options.policy.issuers === "permitted" ? "members whose role allows it" : "administrators"} create {words.many}
        .
      </p>
    );
  }
  const [count, limit] = countAndLimit(options, sees);
  const full = whenFull(options, sees, limit, words);
  if (limit !== null && limit > 1) {
    // Who sees only tokens of their own would not find these in the table.
    const unit = sees === "own" && options.limits.issuer === null ? "organization tokens" : "tokens";
    return (
      <div className="grid gap-1.5 text-soft text-xs">
        <Meter value={count} max={limit} unit={unit} className="w-auto! min-w-30" />
        {full && <p className="max-w-72 text-pretty sm:text-right">{full}</p>}
      </div>
    );
  }
  if (limit === null && count === 0) return null;
  return (
    <p className="max-w-72 self-center text-pretty text-soft text-xs">
      {limit === 1 ? `${count} of 1 token` : `${count.toLocaleString("en")} active ${count === 1 ? "token" : "tokens"}`}
      {full && `. ${full}`}
    </p>
  );
}

/** Active tokens, against the limit that is met first by whoever looks: their own where there is one. */
function countAndLimit({ live, limits }: CreateOptions, sees: "all" | "own"): [number, number | null] {
  if (limits.issuer !== null) return [live.issuer, limits.issuer];
  if (limits.organization !== null) return [live.organization, limits.organization];
  return [sees === "all" ? live.organization : live.issuer, null];
}

function whenFull(
  { refusal, limits }: CreateOptions,
  sees: "all" | "own",
  limit: number | null,
  { make, remove, removed }: TokenWords,
): string | null {
  if (refusal?.code === "issuer_limit_reached") return `${remove} ${limit === 1 ? "it" : "one"} to ${make} another.`;
  if (refusal?.code !== "organization_limit_reached") return null;
  const all = limits.issuer === null ? "" : "The organization has reached its limit of tokens. ";
  return `${all}${sees === "all" ? `${remove} one` : `One must be ${removed}`} to ${make} another.`;
}
