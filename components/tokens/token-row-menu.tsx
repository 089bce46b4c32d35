"use client";

import { Copy, ExternalLink, Pencil, Trash2 } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { DropdownMenuItem, DropdownMenuSeparator } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { REFUSALS } from "@/lib/refusal";
import type { TokenRow } from "@/lib/tokens/token-row";

type TokenRowMenuProps = { token: TokenRow; href: string; onEdit: () => void; onDelete: () => void };

export function TokenRowMenu({ token, href, onEdit, onDelete }: TokenRowMenuProps) {
  const locked = token.mayChange
    ? null
    : token.status === "deleted"
      ? "It is deleted. What is left is the record."
      : REFUSALS.not_yours_to_change.sentence;
  return (
    <>
      <DropdownMenuItem asChild>
        <Link href={href as Route}>
          <ExternalLink aria-hidden="true" />
          Open
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void copyId(token.id)}>
        <Copy aria-hidden="true" />
        Copy ID
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem disabledReason={locked} onSelect={onEdit}>
        <Pencil aria-hidden="true" />
        Edit…
      </DropdownMenuItem>
      <DropdownMenuItem danger disabledReason={locked} onSelect={onDelete}>
        <Trash2 aria-hidden="true" />
        Delete…
      </DropdownMenuItem>
    </>
  );
}

async function copyId(id: string) {
  try {
    await navigator.clipboard.writeText(id);
    toast.success("Copied the token’s id", { description: id });
  } catch {
    // Plain http or a refused permission: the id stays in sight, to be copied by hand.
    toast.info("The clipboard is not available here", { description: id, duration: 20_000 });
  }
}
