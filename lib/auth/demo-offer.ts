import "server-only";
import { env } from "@/lib/env";
import {
  DEMO_OPERATOR,
  DEMO_ORGANIZATIONS,
  DEMO_PASSWORD,
  type DemoAccount,
  type DemoOrganization,
} from "./demo-accounts";

/** What the sign-in page offers to try with one click. */
export interface DemoOffer {
  password: string;
  organizations: readonly DemoOrganization[];
  operator: DemoAccount;
}

/** The demo accounts while the demo world is on, and only then. */
export function demoOffer(): DemoOffer | null {
  if (env().DEMO_WORLD !== "on") return null;
  return { password: DEMO_PASSWORD, organizations: DEMO_ORGANIZATIONS, operator: DEMO_OPERATOR };
}
