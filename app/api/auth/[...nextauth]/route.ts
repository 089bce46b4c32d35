import { nextAuth } from "@/lib/auth/next-auth";

export const { GET, POST } = nextAuth.handlers;
