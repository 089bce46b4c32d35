import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";

type NoPermissionPanelProps = {
  /** What one came for: "Members". */
  title: string;
  /** The permission that opens the page, as an administrator finds it. */
  permission: string;
  children?: ReactNode;
};

/** Stands in place of a page that the member's role does not open, and says whom to ask for what. */
export function NoPermissionPanel({ title, permission, children }: NoPermissionPanelProps) {
  return (
    <EmptyState
      icon={Lock}
      title={title}
      titleAs="h1"
      description={
        <>
          Your role does not open this page. Ask an administrator of your organization for the permission{" "}
          <code className="font-mono text-ink">{permission}</code>.
        </>
      }
      action={children}
    />
  );
}
