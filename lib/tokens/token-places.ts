/** Where tokens are in each portal: their list, with a page for each below it, the profile, and what one was told of them. */
export const TOKEN_PLACES = {
  console: { list: "/settings/api-tokens", profile: "/profile", notifications: "/notifications" },
  hub: { list: "/hub/api-tokens", profile: "/hub/profile", notifications: "/hub/notifications" },
} as const;
