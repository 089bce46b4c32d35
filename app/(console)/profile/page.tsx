import type { Metadata } from "next";
import { requireMember } from "@/lib/auth/require-member";
import { ProfilePage } from "./profile-page";

export const metadata: Metadata = { title: "Profile" };

export default async function ConsoleProfilePage() {
  const member = await requireMember();
  return <ProfilePage member={member} />;
}
