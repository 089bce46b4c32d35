import { NearDate } from "@/components/ui/relative-time";
import { isSameDay } from "@/components/ui/time-text";
import { useTokenWords } from "./token-words-context";

/** What becomes of a new secret that nobody uses: it lives no longer than its token. */
export function EndsUnused({ expiresAt }: { expiresAt: Date | string }) {
  const words = useTokenWords();
  return (
    <>
      {" "}
      If it is not used before <NearDate value={expiresAt} />, it ends then, with the {words.one}.
    </>
  );
}

/** The day to which the first use of a new secret moves the expiry; null where that is no later one by now. */
export function movedExpiry<T extends Date | string>(
  to: T | null,
  expiresAt: Date | string | null,
  zone: string,
): T | null {
  if (to === null || expiresAt === null || new Date(to) <= new Date(expiresAt)) return null;
  return isSameDay(to, expiresAt, zone) ? null : to;
}
