"use server";

import { operatorAction } from "@/lib/auth/member-action";
import { sendAgain, sendAgainInput } from "@/lib/mail/send-again";

export const sendAgainAction = operatorAction(sendAgainInput, sendAgain);
