"use server";

import { acceptAndSignIn, acceptAndSwitch } from "@/lib/auth/accept-and-sign-in";
import { readInvitation } from "@/lib/auth/accept-invitation";
import { acceptAsNewInput, invitationInput } from "@/lib/auth/invitation-input";
import { accountAction, publicAction } from "@/lib/auth/member-action";

/** Asked by the page itself: the code stands after the `#` of its address, which no server and no log ever sees. */
export const readInvitationAction = publicAction(invitationInput, readInvitation);

export const acceptAsNewAction = publicAction(acceptAsNewInput, acceptAndSignIn);

export const acceptAsSelfAction = accountAction(invitationInput, acceptAndSwitch);
