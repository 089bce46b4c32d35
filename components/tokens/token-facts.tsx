import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";

const KINDS: Record<TokenRow["kind"], string> = {
  pat: "Personal",
  svc: "Service account",
  cls: "Client secret",
  tmp: "Short-lived",
};

export function TokenFacts({ token, words }: { token: TokenRow; words: TokenWords }) {
  const { issuedBy } = token;
  return (
    <Card aria-label="Details">
      <CardHeader title="Details" />
      <CardBody className="py-1.5!">
        <DescriptionList className="[&>div]:grid-cols-[7rem_minmax(0,1fr)]!">
          <DescriptionItem term="Issued by">
            <span className="flex min-w-0 items-center gap-2">
              <Avatar name={issuedBy.name} seed={issuedBy.email ?? issuedBy.id} size="sm" />
              <bdi className="min-w-0">{issuedBy.name}</bdi>
            </span>
            {issuedBy.email && <span className="mt-0.5 block text-soft text-xs">{issuedBy.email}</span>}
          </DescriptionItem>
          <DescriptionItem term={words.role}>
            {token.role ? <Badge dir="auto">{token.role.name}</Badge> : "As its issuer"}
          </DescriptionItem>
          <DescriptionItem term="Created">
            <CalendarDate value={token.createdAt} />
          </DescriptionItem>
          <DescriptionItem term="Expires">
            <Expiry token={token} />
          </DescriptionItem>
          <DescriptionItem term={words.lastUsed}>
            {token.lastUsedAt ? (
              <>
                <RelativeTime value={token.lastUsedAt} />
                {token.lastUsedIp && (
                  <span className="block text-soft text-xs">
                    from <span className="font-mono">{token.lastUsedIp}</span>
                  </span>
                )}
              </>
            ) : (
              <span className="text-soft">never</span>
            )}
          </DescriptionItem>
          <DescriptionItem term="Kind">{KINDS[token.kind]}</DescriptionItem>
          <DescriptionItem term={token.kind === "cls" ? "Client ID" : "ID"}>
            <code className="font-mono text-xs">{token.id}</code>
          </DescriptionItem>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function Expiry({ token }: { token: TokenRow }) {
  if (!token.expiresAt) return token.status === "deleted" ? <span className="text-soft">–</span> : "Never";
  return (
    <>
      <CalendarDate value={token.expiresAt} />
      {token.status !== "deleted" && (
        <RelativeTime
          value={token.expiresAt}
          className={`block text-xs ${token.expiresSoon ? "font-medium text-amber-ink" : "text-soft"}`}
        />
      )}
    </>
  );
}
