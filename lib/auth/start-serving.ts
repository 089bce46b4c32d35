import { authority } from "@/lib/authority/authority";
import { writeUsageBeforeExit } from "@/lib/authority/write-before-exit";
import { notePeerAddresses } from "./peer-address";
import { keepSecondCredentials } from "./second-credential";

/** What this process does from its first moment on. Throws where a setting that checking tokens needs is missing or wrong. */
export function startServing(): void {
  authority();
  notePeerAddresses();
  keepSecondCredentials();
  writeUsageBeforeExit();
}
