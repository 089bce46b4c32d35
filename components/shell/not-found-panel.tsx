import { Compass } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type NotFoundPanelProps = {
  title?: ReactNode;
  description?: ReactNode;
  back: { href: string; label: string };
};

/** For what is not there, and for what is not yours to see: the two look the same. */
export function NotFoundPanel(props: NotFoundPanelProps) {
  const { title = "There is nothing here", back } = props;
  const { description = "The address may be mistyped, or what was here is gone or not yours to see." } = props;
  return (
    <EmptyState
      icon={Compass}
      title={title}
      titleAs="h1"
      description={description}
      action={
        <Button asChild>
          <Link href={back.href as Route}>{back.label}</Link>
        </Button>
      }
      className="py-24"
    />
  );
}
