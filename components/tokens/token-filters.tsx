import type { FilterDefinition } from "@/components/data-table/table-definition";
import { Avatar } from "@/components/ui/avatar";
import { StatusDot } from "@/components/ui/status-dot";
import type { ExpiresChoice, LastUsedRange } from "@/lib/tokens/token-input";
import type { TokenFacets } from "@/lib/tokens/token-row";
import { TOKEN_STATUSES } from "@/lib/tokens/token-status";
import type { TokenWords } from "@/lib/tokens/token-words";
import { statusLook } from "./token-status-badge";

const RANGES: Record<LastUsedRange, string> = {
  "24h": "In the last 24 hours",
  "7d": "In the last 7 days",
  "30d": "In the last 30 days",
  "90d": "In the last 90 days",
  over_90d: "Longer than 90 days ago",
  never: "Never",
};

const EXPIRES: Record<ExpiresChoice, string> = {
  soon: "Within 7 days",
  unacknowledged: "Within 7 days, not acknowledged",
};

/** The filters that can tell rows apart: one with a single choice would only be in the way. */
export function tokenFilters(
  facets: TokenFacets,
  {
    sees,
    words,
    switchedOff,
    offersExpiry,
  }: { sees: "all" | "own"; words: TokenWords; switchedOff: boolean; offersExpiry: boolean },
): FilterDefinition[] {
  const isClient = words.idColumn === "Client ID";
  const filters: FilterDefinition[] = [
    {
      id: "issued_by",
      label: "Issued by",
      options: facets.issuedBy.map(({ id, name, email, count }) => ({
        value: id,
        label: name,
        count,
        mark: <Avatar name={name} seed={email ?? id} size="sm" />,
      })),
    },
    {
      id: "role",
      label: words.role,
      options: facets.role.map(({ id, name, count }) => ({ value: id, label: name, count })),
    },
    {
      id: "status",
      label: "Status",
      options: TOKEN_STATUSES.filter((status) => status !== "expired" || !isClient || facets.status.expired > 0).map(
        (status) => {
          const { label, tone } = statusLook(status, words);
          const off = switchedOff && status === "active";
          return {
            value: status,
            label: off ? `${label} (switched off)` : label,
            mark: <StatusDot tone={off ? "grey" : tone}>{null}</StatusDot>,
            count: facets.status[status],
          };
        },
      ),
    },
    {
      id: "last_used",
      label: words.lastUsed,
      single: true,
      options: Object.entries(RANGES).map(([value, label]) => ({ value, label })),
    },
    {
      id: "expires",
      label: "Expiry",
      single: true,
      options: Object.entries(EXPIRES).map(([value, label]) => ({ value, label })),
    },
    {
      id: "policy",
      label: "Policy",
      single: true,
      options: [
        { value: "outside", label: "Outside the policy", count: facets.outsidePolicy },
        { value: "within", label: "Within the policy", count: facets.status.active - facets.outsidePolicy },
      ],
    },
  ];
  return filters.filter(
    (filter) =>
      (filter.id !== "issued_by" || sees === "all") &&
      (filter.id !== "expires" || offersExpiry) &&
      (filter.id !== "policy" || facets.outsidePolicy > 0) &&
      (filter.id !== "role" || filter.options.some((option) => option.value !== "none")),
  );
}
