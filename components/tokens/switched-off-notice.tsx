import { Notice } from "@/components/ui/notice";

/** Tokens are off for the whole organization: said once, above everything that is then only a record. */
export function SwitchedOffNotice({ reason }: { reason: string | null }) {
  return (
    <Notice tone="warning" title="API tokens are switched off for this organization">
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
