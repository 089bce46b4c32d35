"use server";

import { z } from "zod";
import { endSession, endSessionInput } from "@/lib/auth/end-sessions";
import { memberAction } from "@/lib/auth/member-action";
import { signOutElsewhere, signOutEverywhere } from "@/lib/auth/sign-out";

export const endSessionAction = memberAction(endSessionInput, endSession);
export const signOutElsewhereAction = memberAction(z.unknown(), signOutElsewhere);
export const signOutEverywhereAction = memberAction(z.unknown(), signOutEverywhere);
