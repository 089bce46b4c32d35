import { Notice } from "@/components/ui/notice";
import type { IgnoredParam } from "@/lib/tokens/token-search-params";

const WORDS: Record<IgnoredParam["name"], string> = {
  q: "search",
  issued_by: "issuer",
  role: "role",
  status: "status",
  last_used: "last use",
  sort: "order",
  limit: "page size",
  cursor: "page",
};

const SHOWN = 3;

/** Says what of the address had no effect, so that nobody takes the rows for the answer to it. */
export function IgnoredNotice({ ignored }: { ignored: IgnoredParam[] }) {
  const others = ignored.filter(({ name }) => name !== "cursor");
  return (
    <Notice>
      {others.length > 0 && (
        <p>
          The address asks for what this list does not have:{" "}
          {others.slice(0, SHOWN).map(({ name, value }, index) => (
            <span key={`${name} ${value}`}>
              {index > 0 && ", "}
              {WORDS[name]} <bdi className="font-medium">{shortened(value)}</bdi>
            </span>
          ))}
          {others.length > SHOWN && ` and ${(others.length - SHOWN).toLocaleString("en")} more`}. It was left out.
        </p>
      )}
      {others.length < ignored.length && (
        <p>The page that the address names is not one of this list. This is the first.</p>
      )}
    </Notice>
  );
}

const shortened = (value: string) => (value.length > 40 ? `${value.slice(0, 40)}…` : value);
