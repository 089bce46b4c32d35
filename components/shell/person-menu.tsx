"use client";

import { LogOut, Monitor, Moon, Sun, User } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTheme } from "next-themes";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ShellPerson } from "./navigation-definition";

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
];

export function PersonMenu({ person, signOut }: { person: ShellPerson; signOut: () => Promise<void> }) {
  const { theme, setTheme } = useTheme();
  const [leaving, startLeaving] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${person.name}`}
        className="-mr-1 grid size-8 place-items-center rounded-full transition-opacity hover:opacity-85 max-md:-mr-2 max-md:size-10"
      >
        <Avatar name={person.name} seed={person.email} />
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        <div className="px-2.5 py-2">
          <p className="truncate font-medium text-sm">{person.name}</p>
          <p className="truncate text-soft text-xs">{person.email}</p>
        </div>
        <DropdownMenuSeparator />
        {person.profileHref && (
          <>
            <DropdownMenuItem asChild>
              <Link href={person.profileHref as Route}>
                <User aria-hidden="true" />
                Profile
              </Link>
            </DropdownMenuItem>
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          {themes.map(({ value, label, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
              <Icon aria-hidden="true" />
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={leaving} onSelect={() => startLeaving(signOut)}>
          <LogOut aria-hidden="true" />
          {leaving ? "Signing out…" : "Sign out"}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
