/** Where tokens are in each portal: their list, with a page for each below it, the profile, what one was told of them, and why a call was refused. */
export const TOKEN_PLACES = {
  console: {
    list: "/settings/api-tokens",
    profile: "/profile",
    notifications: "/notifications",
    refusals: "/settings/api-tokens/refusals",
  },
  hub: {
    list: "/hub/api-tokens",
    profile: "/hub/profile",
    notifications: "/hub/notifications",
    refusals: "/hub/api-tokens/refusals",
  },
} as const;

type Portal = keyof typeof TOKEN_PLACES;

/** The page of the same name in a portal, for the path of another portal's; null where there is none. */
export function placeInPortal(path: string, portal: Portal): string | null {
  const [page = ""] = path.split(/[?#]/, 1);
  for (const places of Object.values(TOKEN_PLACES)) {
    for (const name of Object.keys(places) as (keyof typeof places)[]) {
      if (places[name] === page) return TOKEN_PLACES[portal][name] + path.slice(page.length);
    }
  }
  return null;
}
