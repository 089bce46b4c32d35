import type { ActionResult } from "@/lib/auth/action-result";
import type { MarkAllReadInput, MarkNotificationInput, NoticeChangesInput } from "@/lib/notices/notice-input";

// The server actions of this room, as the page hands them to its components.

export type MarkAction = (input: MarkNotificationInput) => Promise<ActionResult<{ unread: number }>>;
export type MarkAllAction = (input: MarkAllReadInput) => Promise<ActionResult<{ unread: number }>>;
export type ChooseNoticesAction = (input: NoticeChangesInput) => Promise<ActionResult<null>>;
