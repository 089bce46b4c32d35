"use client";

import { usePathname } from "next/navigation";
import { NotFoundPanel } from "@/components/shell/not-found-panel";
import { useTokenWords } from "@/components/tokens/token-words-context";

export default function TokenNotFound() {
  const list = usePathname().replace(/\/[^/]*$/, "");
  return (
    <NotFoundPanel
      title="There is no such token here"
      description="The address may be mistyped, or the token belongs to somebody whose tokens are not yours to see."
      back={{ href: list, label: `Back to ${useTokenWords().title}` }}
    />
  );
}
