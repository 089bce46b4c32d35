import type { Session } from "@/lib/auth/read-session";
import { days } from "./clock";

/** The session of whoever hosts Latchkey, as a verb of theirs is given it; of anybody else where said so. */
export const operatorSession = (isOperator = true): Session => ({
  id: "0197a000-0000-7000-8000-000000000001",
  userId: "0197a000-0000-7000-8000-000000000002",
  name: "Odile Ferrand",
  email: "operator@latchkey.example",
  isOperator,
  lastSeenAt: days(0),
  expiresAt: days(30),
  organization: null,
  role: null,
  actor: null,
});
