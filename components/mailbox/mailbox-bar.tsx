import type { Route } from "next";
import Link from "next/link";
import { Mark } from "@/components/shell/mark";
import { SkipLink } from "@/components/shell/skip-link";

/** The bar above the demo's mail. */
export function MailboxBar() {
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-30 shrink-0 border-line border-b bg-bg">
        <div className="flex h-bar items-center gap-2.5 px-5 max-sm:px-4">
          <Link href={"/dev/mailbox" as Route} className="flex items-center gap-2.5 rounded-sm font-semibold">
            <Mark />
            Mailbox
          </Link>
          <p className="truncate text-soft text-sm max-sm:hidden">
            Messages of this demo are kept here instead of being sent.
          </p>
          <Link
            href={"/" as Route}
            className="ml-auto shrink-0 rounded-sm text-sm text-soft underline-offset-3 hover:text-ink hover:underline"
          >
            Back to Latchkey
          </Link>
        </div>
      </header>
    </>
  );
}
