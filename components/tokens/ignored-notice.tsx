import { Notice } from "@/components/ui/notice";
import type { IgnoredParam } from "@/lib/tokens/token-search-params";

const WORDS: Record<IgnoredParam["name"], string> = {
  q: "a search",
  issued_by: "an issuer",
  role: "a role",
  status: "a status",
  last_used: "a last use",
  expires: "an expiry",
  policy: "a standing to the policy",
  sort: "an order",
  limit: "a page size",
  cursor: "a page",
};

const SHOWN = 3;

/** Says what of the address had no effect, so that nobody takes the rows for the answer to it. */
export function IgnoredNotice({ ignored }: { ignored: IgnoredParam[] }) {
  const others = ignored.filter(({ name }) => name !== "cursor");
  return (
    <Notice>
      {others.length > 0 && (
        <p>
          This link asks for{" "}
          {others.slice(0, SHOWN).map(({ name, value }, index) => (
            <span key={`${name} ${value}`}>
              {index > 0 && ", "}
              {WORDS[name]} that isn’t here (<bdi className="font-medium">{shortened(value)}</bdi>)
            </span>
          ))}
          {others.length > SHOWN && ` and ${(others.length - SHOWN).toLocaleString("en")} more`}, so{" "}
          {others.length === 1 ? "it was" : "they were"} left out.
        </p>
      )}
      {others.length < ignored.length && <p>The page that this link names isn’t here any more. This is the first.</p>}
    </Notice>
  );
}

const shortened = (value: string) => (value.length > 40 ? `${value.slice(0, 40)}…` : value);
