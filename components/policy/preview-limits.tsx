import { Notice } from "@/components/ui/notice";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Who has more than the new limits allow. Nothing is taken away: creating waits. */
export function PreviewLimits({ result, words }: { result: PolicyPreview; words: TokenWords }) {
  const { organizationBeyond, issuersBeyond } = result;
  if (!organizationBeyond && issuersBeyond.count === 0) return null;
  const others = issuersBeyond.count - issuersBeyond.people.length;
  return (
    <Notice tone="warning" title="Above the limits">
      <p>All of these stay. Nobody above a limit can {words.make} another until they are below it.</p>
      {organizationBeyond && (
        <p className="mt-1">
          The organization has {organizationBeyond.live.toLocaleString("en")} active {words.many} and may have{" "}
          {organizationBeyond.limit.toLocaleString("en")}.
        </p>
      )}
      {issuersBeyond.count > 0 && (
        <p className="mt-1">
          {issuersBeyond.people.map(({ id, name, live }, index) => (
            <span key={id}>
              {index > 0 && ", "}
              <bdi className="font-medium">{name}</bdi> has {live.toLocaleString("en")}
            </span>
          ))}
          {others > 0 && `, and ${others.toLocaleString("en")} more ${others === 1 ? "member" : "members"}`}.
        </p>
      )}
    </Notice>
  );
}
