"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { PageHeader } from "@/components/ui/page-header";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function MemberError({ error, retry }: Problem) {
  return (
    <>
      <PageHeader back={{ href: "/members", label: "Members" }} title="Member" />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
