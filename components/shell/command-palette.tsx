"use client";

import { KeyRound, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useEffect, useState, useSyncExternalStore } from "react";
import { TokenStatusBadge } from "@/components/tokens/token-status-badge";
import { CommandDialog, CommandGroup, CommandItem, foundValue } from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { leaveBy } from "./leaving";
import type { NavSection, PaletteAction } from "./navigation-definition";
import { type FindTokensAction, useFoundTokens } from "./use-found-tokens";

/** How the palette finds tokens, and the path that a token's own page is one step below. */
export type TokenSearch = { find: FindTokensAction; path: string };

type CommandPaletteProps = {
  sections: NavSection[];
  actions: PaletteAction[];
  tokens: TokenSearch;
  signOut: () => Promise<void>;
};

/** The search button of the bar and what it opens: every place, every action and every token, by name. */
export function CommandPalette({ sections, actions, tokens, signOut }: CommandPaletteProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const found = useFoundTokens(open ? typed : "", tokens.find);
  const router = useRouter();
  const { setTheme } = useTheme();

  useEffect(() => {
    function listen(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setTyped("");
      setOpen((was) => !was);
    }
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  const all: (PaletteAction & { group: string })[] = [
    ...actions.map((action) => ({ ...action, group: action.group ?? "Actions" })),
    ...sections.flatMap((section) =>
      section.items.map((item) => ({
        id: item.href,
        label: item.label,
        href: item.href,
        icon: item.icon,
        group: "Go to",
        keywords: section.label ? [section.label] : [],
      })),
    ),
    { id: "theme-light", label: "Light theme", icon: <Sun />, group: "Appearance", run: () => setTheme("light") },
    { id: "theme-dark", label: "Dark theme", icon: <Moon />, group: "Appearance", run: () => setTheme("dark") },
    {
      id: "theme-system",
      label: "System theme",
      icon: <Monitor />,
      group: "Appearance",
      run: () => setTheme("system"),
    },
    { id: "sign-out", label: "Sign out", icon: <LogOut />, group: "Account", run: signOut },
  ];
  const groups = [...new Set(all.map((action) => action.group))];

  function choose(action: PaletteAction) {
    setOpen(false);
    const { href } = action;
    if (href !== undefined) leaveBy(() => router.push(href as Route));
    else void action.run();
  }

  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => {
          setTyped("");
          setOpen(true);
        }}
        className="flex h-8 items-center justify-between gap-6 rounded-control border border-line bg-panel px-2.5 text-faint text-sm transition-colors hover:border-line-strong max-md:size-10 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:px-0 md:w-65"
      >
        <span className="max-md:sr-only">Search or run a command</span>
        <Search aria-hidden="true" className="size-[18px] text-soft md:hidden" />
        <span aria-hidden="true" className="max-md:hidden">
          <Kbd>
            <ShortcutText />
          </Kbd>
        </span>
      </button>
      <CommandDialog
        open={open}
        onOpenChange={setOpen}
        title="Search or run a command"
        placeholder="Search or run a command"
        empty={found.searching ? "Searching…" : "Nothing by that name."}
        typed={typed}
        onType={setTyped}
      >
        {groups.map((group) => (
          <CommandGroup key={group} heading={group}>
            {all
              .filter((action) => action.group === group)
              .map((action) => (
                <CommandItem
                  key={action.id}
                  value={`${action.label} ${action.id}`}
                  keywords={action.keywords}
                  onSelect={() => choose(action)}
                >
                  {action.icon}
                  {action.label}
                </CommandItem>
              ))}
          </CommandGroup>
        ))}
        {found.tokens.length > 0 && (
          <CommandGroup heading="Tokens">
            {found.tokens.map((token) => (
              <CommandItem
                key={token.id}
                value={foundValue(token.id)}
                onSelect={() => choose({ id: token.id, label: token.name, href: `${tokens.path}/${token.id}` })}
              >
                <KeyRound aria-hidden="true" />
                <span dir="auto" className="min-w-0 flex-1 truncate text-left">
                  {token.name}
                </span>
                <code className="font-mono text-soft text-xs">{token.masked}</code>
                <span className="w-24 text-soft text-xs">
                  <TokenStatusBadge token={token} />
                </span>
              </CommandItem>
            ))}
          </CommandGroup>
        )}
      </CommandDialog>
    </>
  );
}

/** The key that this keyboard has. */
function ShortcutText() {
  return useSyncExternalStore(
    () => () => {},
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"),
    () => "⌘K",
  );
}
