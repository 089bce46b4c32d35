"use client";

import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";

type ErrorPanelProps = {
  title?: ReactNode;
  description?: ReactNode;
  /** The reference that the server wrote to its log; never the message of the exception. */
  digest?: string;
  /** From the error boundary. */
  retry?: () => void;
  action?: ReactNode;
};

/** What an error boundary shows in place of the page. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { title = "This page could not be shown", digest, retry, action } = props;
  const { description = "Something on our side did not answer. Nothing you did is lost; try again in a moment." } =
    props;
  return (
    <div role="alert">
      {/* What failed may have been the page's own title. */}
      <title>{typeof title === "string" ? title : "Latchkey"}</title>
      <EmptyState
        icon={CloudOff}
        title={title}
        description={
          <>
            {description}
            {digest && (
              <span className="mt-3 flex items-center justify-center gap-1 text-faint text-xs">
                Reference <code className="font-mono">{digest}</code>
                <CopyButton value={digest} what="reference" />
              </span>
            )}
          </>
        }
        action={
          <>
            {retry && (
              <Button variant="primary" onClick={retry}>
                Try again
              </Button>
            )}
            {action}
          </>
        }
        className="py-24"
      />
    </div>
  );
}
