"use client";

import { CalendarPlus, Copy, ExternalLink, Pencil, RefreshCw, Trash2 } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { DropdownMenuItem, DropdownMenuSeparator } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import type { TokenRow } from "@/lib/tokens/token-row";
import { useTokenWords } from "./token-words-context";

type Entry = { onSelect: () => void; disabledReason: string | null };

type TokenRowMenuProps = {
  token: TokenRow;
  href: string;
  edit: Entry;
  rotate: Entry;
  /** Null where there is no expiry that could be chosen anew. */
  extend: Entry | null;
  onDelete: () => void;
};

export function TokenRowMenu({ token, href, edit, rotate, extend, onDelete }: TokenRowMenuProps) {
  const words = useTokenWords();
  const locked =
    token.status === "deleted"
      ? `It is ${words.removed}. What is left is the record.`
      : token.locked && refusalSentence({ code: token.locked }, words);
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
        Copy {token.kind === "cls" ? "client ID" : "ID"}
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem disabledReason={locked ?? edit.disabledReason} onSelect={edit.onSelect}>
        <Pencil aria-hidden="true" />
        Edit…
      </DropdownMenuItem>
      <DropdownMenuItem disabledReason={locked ?? rotate.disabledReason} onSelect={rotate.onSelect}>
        <RefreshCw aria-hidden="true" />
        Rotate…
      </DropdownMenuItem>
      {extend && (
        <DropdownMenuItem disabledReason={locked ?? extend.disabledReason} onSelect={extend.onSelect}>
          <CalendarPlus aria-hidden="true" />
          Extend expiry…
        </DropdownMenuItem>
      )}
      <DropdownMenuItem danger disabledReason={locked} onSelect={onDelete}>
        <Trash2 aria-hidden="true" />
        {words.remove}…
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
