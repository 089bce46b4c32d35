import type { Route } from "next";
import { redirect } from "next/navigation";
import { requireMember } from "@/lib/auth/require-member";

export default async function HubPage() {
  await requireMember("hub");
  redirect("/hub/api-tokens" as Route);
}
