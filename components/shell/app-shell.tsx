import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { CommandPalette, type TokenSearch } from "./command-palette";
import { Mark } from "./mark";
import { Navigation } from "./navigation";
import type { NavSection, PaletteAction, ShellPerson } from "./navigation-definition";
import { NavigationSheet } from "./navigation-sheet";
import { PageFocus } from "./page-focus";
import { PatientNavigation } from "./patient-navigation";
import { PersonMenu } from "./person-menu";
import { SkipLink } from "./skip-link";

type AppShellProps = {
  organization: { name: string; href: string };
  /** Stands in place of the organization's name, for a member of several. */
  switcher?: ReactNode;
  /** Above the page and below the bar. */
  notice?: ReactNode;
  sections: NavSection[];
  person: ShellPerson;
  tokens: TokenSearch;
  /** Lines of the command palette beside the destinations, the themes and signing out. */
  actions?: PaletteAction[];
  apiReferenceHref?: string;
  /** A server action that ends the session and goes to the sign-in page. */
  signOut: () => Promise<void>;
  /** Stands right of the search, before the person. */
  barExtra?: ReactNode;
  children: ReactNode;
};

/** Navigation on the left, a bar above, the page between; a bar with a menu below 960 px. */
export function AppShell(props: AppShellProps) {
  const { organization, switcher, notice, sections, person, actions = [], apiReferenceHref, signOut, barExtra } = props;
  const name = (
    <Link
      href={organization.href as Route}
      className="flex h-9 min-w-0 items-center gap-2.5 rounded-sm px-2 font-semibold"
    >
      <Mark />
      <span className="truncate">{organization.name}</span>
    </Link>
  );
  const heading = switcher || name;
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[232px_minmax(0,1fr)]">
      <SkipLink />
      <PageFocus />
      <PatientNavigation />
      <aside className="sticky top-0 flex h-dvh flex-col gap-4 overflow-y-auto border-line border-r p-3 max-md:hidden">
        {heading}
        <Navigation sections={sections} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="bar-line sticky top-0 z-30 border-b bg-bg">
          <div className="mx-auto flex h-bar w-full max-w-[1440px] items-center gap-3 px-8 max-md:gap-1 max-sm:px-4">
            <div className="flex min-w-0 items-center md:hidden">
              <NavigationSheet sections={sections} heading={name} />
              {heading}
            </div>
            <div className="max-md:ml-auto">
              <CommandPalette sections={sections} actions={actions} tokens={props.tokens} signOut={signOut} />
            </div>
            <div className="flex items-center gap-3 md:ml-auto">
              {apiReferenceHref && (
                // Loaded anew: what shows the reference leaves parts of itself behind in a document.
                <a
                  href={apiReferenceHref}
                  className="rounded-xs text-soft transition-colors hover:text-ink max-md:hidden"
                >
                  API reference
                </a>
              )}
              {barExtra}
              <PersonMenu person={person} signOut={signOut} />
            </div>
          </div>
        </header>
        {notice}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1440px] flex-1 px-8 pb-12 outline-none max-sm:px-4"
        >
          {props.children}
        </main>
      </div>
    </div>
  );
}
