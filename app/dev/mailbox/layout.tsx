import type { ReactNode } from "react";
import { MailboxBar } from "@/components/mailbox/mailbox-bar";

export default function MailboxLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col md:h-dvh">
      <MailboxBar />
      {children}
    </div>
  );
}
