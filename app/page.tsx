import type { Route } from "next";
import { redirect } from "next/navigation";
import { HOME } from "@/lib/auth/safe-return-to";

/** The one page that everybody has leads on to where they belong. */
export default function RootPage() {
  redirect(HOME as Route);
}
