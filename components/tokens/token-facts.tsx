import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate, NearDate, RelativeTime } from "@/components/ui/relative-time";
import { commonNetworks } from "@/lib/access/networks";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { networksInWords } from "./network-lines";

const NETWORKS_SHOWN = 5;

const KINDS: Record<TokenRow["kind"], string> = {
  pat: "Personal",
  svc: "Service account",
  cls: "Client secret",
  tmp: "Short-lived",
};

type TokenFactsProps = { token: TokenRow; policyNetworks: readonly string[]; words: TokenWords };

export function TokenFacts({ token, policyNetworks, words }: TokenFactsProps) {
  const { issuedBy } = token;
  return (
    <Card aria-label="Details">
      <CardHeader title="Details" />
      <CardBody className="py-1.5!">
        <DescriptionList className="[&>div]:grid-cols-[8rem_minmax(0,1fr)]!">
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
          <DescriptionItem term="Allowed networks">
            <AllowedNetworks token={token} policyNetworks={policyNetworks} />
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

/** Where both the policy and the token itself let it be used; of one that is gone, what it was bound to itself. */
function AllowedNetworks({ token: { allowedNetworks, status }, policyNetworks }: Omit<TokenFactsProps, "words">) {
  if (status === "deleted") {
    if (allowedNetworks.length === 0) return <span className="text-soft">none of its own</span>;
    return <ListedNetworks networks={allowedNetworks} said="its own networks" />;
  }
  const networks = commonNetworks(allowedNetworks, policyNetworks);
  if (networks === null) return "Anywhere";
  const own = allowedNetworks.length > 0;
  if (networks.length === 0) {
    return (
      <>
        <span className="font-medium text-amber-ink">Nowhere</span>
        <span className="block text-pretty text-soft text-xs">
          The policy allows none of its own networks, {networksInWords(allowedNetworks)}.
        </span>
      </>
    );
  }
  const said = policyNetworks.length > 0 ? "its own networks, within the policy’s" : "its own networks";
  return <ListedNetworks networks={networks} said={own ? said : "as the policy has it"} />;
}

function ListedNetworks({ networks, said }: { networks: readonly string[]; said: string }) {
  return (
    <>
      <NetworkList networks={networks.slice(0, NETWORKS_SHOWN)} />
      {networks.length > NETWORKS_SHOWN && (
        <details>
          <summary className="text-soft text-xs hover:text-ink">{networks.length - NETWORKS_SHOWN} more</summary>
          <NetworkList networks={networks.slice(NETWORKS_SHOWN)} />
        </details>
      )}
      <span className="block text-soft text-xs">{said}</span>
    </>
  );
}

const NetworkList = ({ networks }: { networks: readonly string[] }) => (
  <ul>
    {networks.map((network) => (
      <li key={network} className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {network}
      </li>
    ))}
  </ul>
);

function Expiry({ token }: { token: TokenRow }) {
  if (!token.expiresAt) return token.status === "deleted" ? <span className="text-soft">–</span> : "Never";
  return (
    <>
      <NearDate value={token.expiresAt} />
      {token.status !== "deleted" && (
        <RelativeTime
          value={token.expiresAt}
          className={`block text-xs ${token.expiresSoon ? "font-medium text-amber-ink" : "text-soft"}`}
        />
      )}
    </>
  );
}
