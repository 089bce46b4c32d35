import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { refusalSentence } from "@/lib/refusal";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { MINTING, permissionSentence } from "./permission-words";

type TokenPowersProps = { token: TokenRow; switchedOff: boolean; tokensMayMint: boolean; words: TokenWords };

/** What it may do at this moment, which is never more than its issuer may do; and why, where that is nothing. */
export function TokenPowers({ token, switchedOff, tokensMayMint, words }: TokenPowersProps) {
  const usable = token.permissions.filter((permission) => tokensMayMint || permission !== MINTING);
  const withheld = usable.length < token.permissions.length;
  return (
    <Card aria-label="What it may do now">
      <CardHeader
        title="What it may do now"
        description={
          token.status === "active" &&
          (token.role ? "Its role, as far as its issuer may do the same." : "What its issuer may do.")
        }
      />
      <CardBody>
        {usable.length === 0 && !withheld ? (
          <p className="text-pretty text-sm">
            <span className="font-medium">Nothing.</span>{" "}
            <span className="text-soft">{whyNothing(token, switchedOff, words)}</span>
          </p>
        ) : (
          <ul className="grid gap-2.5 empty:hidden">
            {usable.map((permission) => (
              <li key={permission} className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4">
                {permissionSentence(permission) && (
                  <span className="text-pretty text-sm">{permissionSentence(permission)}</span>
                )}
                <code className="font-mono text-soft text-xs [overflow-wrap:anywhere]">{permission}</code>
              </li>
            ))}
          </ul>
        )}
        {withheld && (
          <p className="mt-3 text-pretty text-soft text-xs">
            It cannot create {words.many}, though {token.role ? "its role" : "its issuer"} may: in this organization
            only people do.
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function whyNothing(token: TokenRow, switchedOff: boolean, words: TokenWords): string {
  if (token.status === "deleted") return `It is ${words.removed}.`;
  if (token.status === "expired") return "It has expired.";
  if (switchedOff) return refusalSentence({ code: "tokens_disabled" }, words);
  return `${token.issuedBy.name} is deactivated, or has lost every permission that this token could have. It works again when that changes.`;
}
