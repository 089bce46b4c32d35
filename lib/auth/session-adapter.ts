import type { Adapter } from "next-auth/adapters";
import { endSessionOfToken } from "./end-sessions";
import { readSession } from "./read-session";
import { requestContext } from "./request-context";

// Accounts of other identity providers do not exist here; the library asks for these methods by name all the same.
const notOffered = () => Promise.reject(new Error("Latchkey signs in with a password alone"));

/**
 * What Auth.js may do with our tables: read a session and end one. Rows are opened by `openSession`, since a credentials
 * sign-in never comes here, and a session never lasts longer than its first 30 days.
 */
export const sessionAdapter: Adapter = {
  createUser: notOffered,
  getUser: notOffered,
  getUserByEmail: notOffered,
  getUserByAccount: notOffered,
  updateUser: notOffered,
  linkAccount: notOffered,
  createSession: notOffered,
  updateSession: () => Promise.resolve(null),

  async getSessionAndUser(sessionToken) {
    const { db, now } = await requestContext();
    const session = await readSession(db, sessionToken, now);
    if (!session) return null;
    const { userId, name, email, expiresAt } = session;
    return {
      session: { sessionToken, userId, expires: expiresAt },
      user: { id: userId, name, email, emailVerified: null },
    };
  },

  async deleteSession(sessionToken) {
    await endSessionOfToken(sessionToken, await requestContext());
  },
};
