"use server";

import { z } from "zod";
import { endSession, endSessionInput } from "@/lib/auth/end-sessions";
import { EVERY_PORTAL, memberAction } from "@/lib/auth/member-action";
import { signOutElsewhere, signOutEverywhere } from "@/lib/auth/sign-out";
import { noticeChangesInput } from "@/lib/notices/notice-input";
import { chooseNotices } from "@/lib/notices/notice-preferences";

export const endSessionAction = memberAction(endSessionInput, endSession, EVERY_PORTAL);
export const signOutElsewhereAction = memberAction(z.unknown(), signOutElsewhere, EVERY_PORTAL);
export const chooseNoticesAction = memberAction(noticeChangesInput, chooseNotices, EVERY_PORTAL);
export const signOutEverywhereAction = memberAction(z.unknown(), signOutEverywhere, EVERY_PORTAL);
