import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { acceptAsNew, acceptAsSelf } from "./accept-invitation";
import type { acceptAsNewInput, invitationInput } from "./invitation-input";
import type { Session } from "./read-session";
import { signIn } from "./sign-in";
import { switchOrganization } from "./switch-organization";

/** Makes the account and the membership, and signs its owner in on this browser. */
export async function acceptAndSignIn(
  input: z.output<typeof acceptAsNewInput>,
  ctx: Context,
): Promise<Outcome<{ returnTo: string }>> {
  const outcome = await acceptAsNew(input, ctx);
  return outcome.ok ? signIn({ email: outcome.value.email, password: input.password, return_to: null }) : outcome;
}

/** Makes whoever is signed in a member, and lets the session look at the organization. */
export async function acceptAndSwitch(
  session: Session,
  input: z.output<typeof invitationInput>,
  ctx: Context,
): Promise<Outcome<{ returnTo: string }>> {
  const outcome = await acceptAsSelf(session, input, ctx);
  if (!outcome.ok) return outcome;
  const switched = await switchOrganization(session, { organization_id: outcome.value.organizationId }, ctx);
  return switched.ok ? done({ returnTo: TOKEN_PLACES[switched.value.portal].list }) : switched;
}
