"use client";

import {
  Bell,
  BookOpen,
  Boxes,
  KeyRound,
  Megaphone,
  Plus,
  ScrollText,
  Settings,
  ShieldCheck,
  ShieldQuestionMark,
  SlidersHorizontal,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import type { Action } from "@/lib/auth/action-result";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { Membership } from "@/lib/organizations/list-memberships";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import type { TokenWords } from "@/lib/tokens/token-words";
import { AppShell } from "./app-shell";
import { leaveBy } from "./leaving";
import type { NavSection, PaletteAction, ShellPerson } from "./navigation-definition";
import { NotificationBell } from "./notification-bell";
import { OrganizationSwitcher } from "./organization-switcher";
import { PageOrganization } from "./page-organization";
import type { FindTokensAction } from "./use-found-tokens";
import { useLeave } from "./use-leave";
import type { SwitchAction } from "./use-switch-organization";

type MemberShellProps = {
  organization: { id: string; name: string };
  /** The organizations that the person may look at, this one included. */
  memberships: Membership[];
  switchOrganization: SwitchAction;
  person: Omit<ShellPerson, "profileHref">;
  tokensHref: string;
  findTokens: FindTokensAction;
  profileHref: string;
  /** What the organization calls its tokens and its groups. */
  words: { tokens: Pick<TokenWords, "title" | "create" | "one" | "many">; groups: Pick<GroupWords, "title"> };
  /** Which pages of the console open for the member. */
  doors?: Doors;
  /** Live tokens that the member sees, that expire within seven days and that it has not acknowledged. */
  expiring: number;
  /** The notification centre, and how much in it is unread, 100 at most. */
  notifications: { href: string; unread: number };
  /** The partners' own, smaller house: nothing to sort its two doors into. */
  hub?: boolean;
  signOut: Action<unknown>;
  children: ReactNode;
};

/** Pages that not everybody may open. */
export type Doors = {
  members: boolean;
  groups: boolean;
  roles: boolean;
  audit: boolean;
  /** The organization's settings and its token policy. */
  organization: boolean;
};

const NO_DOORS: Doors = { members: false, groups: false, roles: false, audit: false, organization: false };

/** The shell with what a member can reach today: only doors that open. */
export function MemberShell(props: MemberShellProps) {
  const {
    organization,
    memberships,
    switchOrganization,
    person,
    tokensHref,
    findTokens,
    profileHref,
    words,
    doors = NO_DOORS,
    expiring,
    notifications,
    hub = false,
    signOut,
    children,
  } = props;
  const leave = useLeave(signOut);
  const createToken = useCreateToken(tokensHref);
  const attention =
    expiring > 0
      ? `${expiring.toLocaleString("en")} ${expiring === 1 ? `${words.tokens.one} expires` : `${words.tokens.many} expire`} within 7 days`
      : null;
  const tokens = { label: words.tokens.title, href: tokensHref, icon: <KeyRound />, attention };
  // Who has a single token and no list looks after it in the profile.
  const hasList = tokensHref !== profileHref;
  const profile = {
    label: "Profile",
    href: profileHref,
    icon: <UserRound />,
    attention: hasList ? null : attention,
  };
  const sections: NavSection[] = hub
    ? [{ items: [...(hasList ? [tokens] : []), profile] }]
    : [
        ...people(words.groups.title, doors),
        ...section("Settings", [
          ...(doors.organization ? [{ label: "General", href: "/settings/general", icon: <Settings /> }] : []),
          ...(hasList ? [tokens] : []),
          ...(doors.organization
            ? [
                { label: "Token policy", href: "/settings/token-policy", icon: <SlidersHorizontal /> },
                { label: "Notification defaults", href: "/settings/notifications", icon: <Megaphone /> },
              ]
            : []),
        ]),
        { label: "Account", items: [profile] },
      ];
  const actions: PaletteAction[] = [
    {
      id: "create-token",
      label: words.tokens.create,
      icon: <Plus />,
      keywords: ["new", "key", "secret", "credential"],
      run: createToken,
    },
    {
      id: "notifications",
      label: "What you were told",
      group: "Go to",
      icon: <Bell />,
      keywords: ["notifications", "unread", "bell", "inbox"],
      href: notifications.href,
    },
    {
      id: "explain-refusal",
      label: "Explain a refused call",
      group: "Go to",
      icon: <ShieldQuestionMark />,
      keywords: ["refused", "403", "401", "429", "denied", "forbidden", "request id", "why", "error"],
      href: TOKEN_PLACES[hub ? "hub" : "console"].refusals,
    },
    {
      id: "api-reference",
      label: "API reference",
      group: "Go to",
      icon: <BookOpen />,
      keywords: ["docs", "documentation", "help", "curl"],
      // Loaded anew, as the link in the bar is.
      run: () => window.location.assign("/docs"),
    },
  ];

  return (
    <AppShell
      organization={{ name: organization.name, href: tokensHref }}
      switcher={
        memberships.length > 1 && (
          <OrganizationSwitcher
            current={organization}
            memberships={memberships}
            switchOrganization={switchOrganization}
          />
        )
      }
      notice={<PageOrganization {...organization} />}
      sections={sections}
      person={{ ...person, profileHref }}
      actions={actions}
      tokens={{ find: findTokens, path: TOKEN_PLACES[hub ? "hub" : "console"].list }}
      apiReferenceHref="/docs"
      barExtra={<NotificationBell {...notifications} />}
      signOut={leave}
    >
      {children}
    </AppShell>
  );
}

/** The pages about people, as far as they open; no section where none does. */
function people(groups: string, doors: Doors): NavSection[] {
  const items = [
    ...(doors.members ? [{ label: "Members", href: "/members", icon: <UsersRound /> }] : []),
    ...(doors.groups ? [{ label: groups, href: "/groups", icon: <Boxes /> }] : []),
    ...(doors.roles ? [{ label: "Roles", href: "/roles", icon: <ShieldCheck /> }] : []),
    ...(doors.audit ? [{ label: "Audit log", href: "/audit-log", icon: <ScrollText /> }] : []),
  ];
  return section("Organization", items);
}

const section = (label: string, items: NavSection["items"]): NavSection[] =>
  items.length > 0 ? [{ label, items }] : [];

/** Asks the button on the page of tokens to open its dialog, from wherever one is. */
function useCreateToken(tokensHref: string) {
  const router = useRouter();
  const path = usePathname();
  const asking = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => () => clearInterval(asking.current), []);

  function ask() {
    clearInterval(asking.current);
    let left = 100;
    // The page may still be on its way: asked again until the button says that it heard.
    asking.current = setInterval(() => {
      const heard = !window.dispatchEvent(new Event("latchkey:create-token", { cancelable: true }));
      left -= 1;
      if (heard || left === 0) clearInterval(asking.current);
    }, 50);
  }

  return () => {
    if (path === tokensHref) return ask();
    leaveBy(() => {
      router.push(tokensHref as Route);
      ask();
    });
  };
}
