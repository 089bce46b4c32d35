"use client";

import { CalendarPlus, Copy, ExternalLink, Pencil, RefreshCw, Trash2 } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { DropdownMenuItem, DropdownMenuSeparator } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import type { TokenRow } from "@/lib/tokens/token-row";
import { whyNotExtended, whyNotRotated } from "./renewal-reasons";
import { useTokenWords } from "./token-words-context";

type TokenRowMenuProps = {
  token: TokenRow;
  href: string;
  edit: { onSelect: () => void; disabledReason: string | null };
  onRotate: () => void;
  onExtend: () => void;
  onDelete: () => void;
};

export function TokenRowMenu({ token, href, edit, onRotate, onExtend, onDelete }: TokenRowMenuProps) {
  const words = useTokenWords();
  const gone = token.status === "deleted" ? `It is ${words.removed}. What is left is the record.` : null;
  const locked = gone ?? (token.locked && refusalSentence({ code: token.locked }, words));
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
      <DropdownMenuItem disabledReason={gone ?? whyNotRotated(token, words)} onSelect={onRotate}>
        <RefreshCw aria-hidden="true" />
        Rotate…
      </DropdownMenuItem>
      {token.extension && (
        <DropdownMenuItem disabledReason={whyNotExtended(token.extension, words)} onSelect={onExtend}>
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
