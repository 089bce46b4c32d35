import type { ReactNode } from "react";

/** What the shell shows comes as data, so that nobody is led to a door that is not theirs. */
export type NavItem = {
  label: string;
  href: string;
  /** An icon element, `<KeyRound />`; the shell gives it its size. */
  icon: ReactNode;
  /** Puts an exclamation mark on the item; the words are for screen readers and the tooltip. */
  attention?: string | null;
};

export type NavSection = { label?: string; items: NavItem[] };

/** One line of the command palette: a place to go, or something to do. */
export type PaletteAction = {
  id: string;
  label: string;
  group?: string;
  icon?: ReactNode;
  /** Other words that people look for it with. */
  keywords?: string[];
} & ({ href: string; run?: never } | { run: () => void | Promise<void>; href?: never });

export type ShellPerson = { name: string; email: string; profileHref?: string };

/** The item that the path is at or below; the longest match wins. */
export function activeHref(sections: NavSection[], path: string): string | undefined {
  return sections
    .flatMap((section) => section.items.map((item) => item.href))
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}
