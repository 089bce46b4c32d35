import { BUILT_IN_ROLES } from "@/lib/access/permission";
import { logInInput, logOutInput, refreshInput } from "@/lib/logins/login-input";
import { endedLoginAnswer, loginTokensAnswer } from "../login-resource";
import { endpointGroup } from "./endpoint";

const tokensExample = {
  access_token: "eyJhbGciOiJFUzI1NiIsImtpZCI6…",
  token_type: "Bearer",
  expires_in: 3600,
  refresh_token: "lk_tmp_7GhT2mQx0aBc_…",
  refresh_expires_in: 86_400,
  scope: [...BUILT_IN_ROLES.engineer.permissions].sort().join(" "),
  organization: { id: "0198a4d2-1b00-7e19-8d4c-90a1e3f7b2d6", slug: "acme", name: "Acme" },
};

export const logins = endpointGroup({
  title: "Signing in",
  summary:
    "For people: email and password to an access token, with which a program does whatever its person may do. Programs that run by themselves take a token or a client instead.",
  endpoints: [
    {
      operationId: "logIn",
      clientMethod: "auth.login",
      method: "POST",
      path: "/api/v1/auth/login",
      credential: "none",
      permission: null,
      title: "Sign in",
      summary:
        "Answers with an access token for an hour and a refresh token for 24 hours, this once. It is limited as signing in to the console is: ten failures for one account from one address in 15 minutes, then too_many_attempts. A wrong password and an unknown account are one answer, sign_in_failed. The login is an event, as is a right password that led to none; it stands among the sessions in the profile, and ends there too. A person has 50 of them in an organization at most; one more ends the oldest.",
      body: logInInput,
      notes: {
        email: "As for the console.",
        password: "Sent over HTTPS, and kept nowhere.",
        organization:
          "Its short name or its id. Needed by who is an active member of several: organization_required lists them, to the right password alone.",
        scope:
          "Permissions with a space between them, all of them held by the person, for a login that may do less for as long as it lives. Leave it out for whatever the person may do, now and later.",
      },
      bodyExample: { email: "amara@acme.example", password: "…", organization: "acme" },
      status: 200,
      answer: loginTokensAnswer,
      problems: [
        "token_in_query",
        "sign_in_failed",
        "too_many_attempts",
        "no_organization",
        "organization_required",
        "organization_unknown",
        "tokens_disabled",
        "scope_exceeds_yours",
        "scope_too_long",
        "unavailable",
      ],
    },
    {
      operationId: "refreshLogin",
      clientMethod: "auth.refresh",
      method: "POST",
      path: "/api/v1/auth/refresh",
      credential: "none",
      permission: null,
      title: "Refresh",
      summary:
        "Exchanges a refresh token for the next pair, this once, and the login lives on for 24 hours, up to 30 days in all. What the new access token may do is what the person may at that moment. A refresh token that comes a second time is in two hands: the whole login ends, its access tokens with it, and the audit log says so. Keep the new one before anything else, and let one process alone refresh. Unknown, over, used and ended are one answer, refresh_token_invalid. A login that was refreshed 100 times within 24 hours waits, and its refresh token stays good: too_many_refreshes.",
      body: refreshInput,
      notes: { refresh_token: "The newest one of the login." },
      bodyExample: { refresh_token: tokensExample.refresh_token },
      status: 200,
      answer: loginTokensAnswer,
      problems: [
        "token_in_query",
        "refresh_token_invalid",
        "scope_too_long",
        "too_many_refreshes",
        "too_many_misses",
        "unavailable",
      ],
    },
    {
      operationId: "logOut",
      clientMethod: "auth.logout",
      method: "POST",
      path: "/api/v1/auth/logout",
      credential: "login",
      permission: null,
      title: "Sign out",
      summary:
        "Ends the login with all of its tokens: the one whose access token the request carries as Bearer, or the one of the refresh token in the body. By the time of the answer their next call is refused.",
      body: logOutInput,
      isBodyOptional: true,
      notes: { refresh_token: "Instead of an access token in the Authorization header; not beside one." },
      bodyExample: { refresh_token: tokensExample.refresh_token },
      status: 200,
      answer: endedLoginAnswer,
      problems: [
        "token_in_query",
        "two_credentials",
        "missing_token",
        "invalid_token",
        "client_secret_not_accepted",
        "not_a_login",
        "refresh_token_invalid",
        "too_many_misses",
        "unavailable",
      ],
    },
  ],
});
