"use server";

import { EVERY_PORTAL, memberAction } from "@/lib/auth/member-action";
import { markAllRead, markNotification } from "@/lib/notices/list-notifications";
import { markAllReadInput, markNotificationInput } from "@/lib/notices/notice-input";

export const markNotificationAction = memberAction(markNotificationInput, markNotification, EVERY_PORTAL);
export const markAllReadAction = memberAction(markAllReadInput, markAllRead, EVERY_PORTAL);
