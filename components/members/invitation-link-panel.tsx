"use client";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import type { InvitationLink } from "./member-actions";

/** The link of an invitation, once: whoever holds it can accept, so it is not kept anywhere. */
export function InvitationLinkPanel({ invitation: { email, link, expiresAt } }: { invitation: InvitationLink }) {
  return (
    <>
      <DialogBody className="grid-cols-[minmax(0,1fr)]">
        <p role="status" className="text-pretty text-sm">
          Send it to <span className="font-medium [overflow-wrap:anywhere]">{email}</span> yourself: no mail is set up
          yet. It opens once, and is shown only now.
        </p>
        <div className="flex items-center gap-2 rounded-control border border-line bg-bg p-1.5 pl-3">
          <code
            // Whole where the clipboard is out of reach: a click marks all of it.
            className="min-w-0 flex-1 select-all truncate font-mono text-xs"
            title={link}
          >
            {link}
          </code>
          <CopyButton value={link} what="the invitation's link" label="Copy link" variant="primary" />
        </div>
        <p className="text-soft text-sm">
          It ends <RelativeTime value={expiresAt} />. You can make a new link or withdraw it until somebody accepts.
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
