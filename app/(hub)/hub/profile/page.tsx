import type { Metadata } from "next";
import { ProfilePage } from "@/app/(console)/profile/profile-page";
import { requireMember } from "@/lib/auth/require-member";

export const metadata: Metadata = { title: "Profile" };

export default async function HubProfilePage() {
  const member = await requireMember("hub");
  return <ProfilePage member={member} />;
}
