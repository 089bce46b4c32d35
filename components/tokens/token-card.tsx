import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import { OutsideMark } from "./outside-mark";
import { RotationMark } from "./rotation-mark";
import { Own } from "./token-columns";
import { TokenStatusBadge } from "./token-status-badge";
import { TokenUsageSpark } from "./token-usage-spark";
import { UnusedMark } from "./unused-mark";

/**
 * A token on a narrow screen: what it may do and for how long, then whose it is and whether anything uses it. Its masked
 * text and its birthday are on its own page.
 */
export function TokenCard({ token, sees }: { token: TokenRow; sees: "all" | "own" }) {
  const { role, issuedBy, lastUsedAt, usage } = token;
  return (
    <div className="grid gap-1 text-sm text-soft">
      <div className="flex h-5 min-w-0 items-center gap-2">
        <Label>Status</Label>
        <span className="text-ink">
          <TokenStatusBadge token={token} />
        </span>
        <Dot />
        <Label>Role</Label>
        {role ? (
          <Badge dir="auto" title={role.name} className="min-w-0">
            {role.name}
          </Badge>
        ) : (
          <span className="truncate">As issuer</span>
        )}
        <Expiry token={token} />
      </div>
      <RotationMark token={token} />
      <OutsideMark reasons={token.outsidePolicy} />
      <UnusedMark token={token} inWords />
      <div className="flex h-5 min-w-0 items-center gap-2">
        {sees === "all" && (
          <>
            <Label>Issued by</Label>
            <Avatar name={issuedBy.name} seed={issuedBy.email ?? issuedBy.id} size="sm" />
            <Own text={issuedBy.name} className="min-w-0" />
            <Dot />
          </>
        )}
        <span className="shrink-0">
          {lastUsedAt ? (
            <>
              used <RelativeTime value={lastUsedAt} />
            </>
          ) : (
            "never used"
          )}
        </span>
        {usage.some((calls) => calls > 0) && (
          <span className="ml-auto shrink-0">
            <TokenUsageSpark usage={usage} />
          </span>
        )}
      </div>
    </div>
  );
}

/** Nothing for a deleted token: it is over, whatever its expiry was. */
function Expiry({ token: { id, kind, status, expiresAt, expiresSoon } }: { token: TokenRow }) {
  // A client is known by its id, and lives until it is ended.
  if (kind === "cls" && expiresAt === null) {
    return (
      <>
        <Dot />
        <Label>Client ID</Label>
        <code className="shrink-0 font-mono text-xs">{id}</code>
      </>
    );
  }
  if (status === "deleted") return null;
  return (
    <>
      <Dot />
      <span className={expiresSoon ? "shrink-0 font-medium text-amber-ink" : "shrink-0"}>
        {expiresAt === null ? (
          "never expires"
        ) : (
          <>
            {status === "active" && "expires "}
            <RelativeTime value={expiresAt} />
          </>
        )}
      </span>
    </>
  );
}

/** What the line shows by its place and shape, in a word for those who hear it. */
const Label = ({ children }: { children: ReactNode }) => <span className="sr-only">{children}</span>;

const Dot = () => (
  <span aria-hidden="true" className="shrink-0 text-faint">
    ·
  </span>
);
