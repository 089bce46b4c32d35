"use server";

import { memberAction } from "@/lib/auth/member-action";
import { noticeChangesInput } from "@/lib/notices/notice-input";
import { chooseDefaultNotices } from "@/lib/notices/notice-preferences";

export const chooseDefaultNoticesAction = memberAction(noticeChangesInput, chooseDefaultNotices);
