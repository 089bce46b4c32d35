import { notePeerAddresses } from "@/lib/auth/peer-address";
import { authority } from "@/lib/authority/authority";
import { writeUsageBeforeExit } from "@/lib/authority/write-before-exit";

/** Next calls this once, before the first request. A setting that is missing or wrong ends the start here. */
export function register(): void {
  authority();
  notePeerAddresses();
  writeUsageBeforeExit();
}
