import { withToken } from "@/lib/auth/with-token";
import { ANSWER } from "../answer-body";

export const dynamic = "force-dynamic";
export const GET = withToken("tokens:read", () => ANSWER);
