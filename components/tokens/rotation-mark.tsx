import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";

/** Says in a row that a rotation is under way: a new secret waits, or an old one goes on for a while. */
export function RotationMark({ token: { rotation } }: { token: Pick<TokenRow, "rotation"> }) {
  if (!rotation) return null;
  return (
    <span className="text-soft text-xs">
      {rotation.waitingSince ? (
        "new secret waits"
      ) : (
        <>
          old secret ends <RelativeTime value={rotation.previousEndsAt ?? ""} />
        </>
      )}
    </span>
  );
}
