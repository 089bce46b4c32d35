/** Where tokens are in each portal: their list, with a page for each below it, and the profile. */
export const TOKEN_PLACES = {
  console: { list: "/settings/api-tokens", profile: "/profile" },
  hub: { list: "/hub/api-tokens", profile: "/hub/profile" },
} as const;
