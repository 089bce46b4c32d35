import { Notice } from "@/components/ui/notice";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Tokens are off for the whole organization: said once, above everything that is then only a record. */
export function SwitchedOffNotice({ reason, words }: { reason: string | null; words: TokenWords }) {
  return (
    <Notice tone="warning" title={`${words.title} are switched off for this organization`}>
      <p>
        {reason && (
          <>
            <bdi>{reason}</bdi>{" "}
          </>
        )}
        Every token is refused at its next call, and none can be created. They work again when whoever hosts Latchkey
        switches them on.
      </p>
    </Notice>
  );
}
