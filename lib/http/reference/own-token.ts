import { rotateTokenInput } from "@/lib/tokens/token-input";
import { rotateTokenBody } from "../api-examples";
import { endedTokenAnswer, ownKeptAnswer, ownRotatedAnswer, ownTokenAnswer } from "../token-resource";
import { endpointGroup } from "./endpoint";

export const ownToken = endpointGroup({
  title: "The token itself",
  summary:
    "Every valid token may ask who it is, get itself a new secret, and end itself. None of it needs a permission. An access token asks who it is and ends itself; its client stays as it is.",
  endpoints: [
    {
      operationId: "whoAmI",
      clientMethod: "me",
      method: "GET",
      path: "/api/v1/me",
      credential: "token",
      permission: "any",
      title: "Who am I",
      summary:
        "The organization, issuer, role and groups behind the token, what it may do at this moment, and when it expires.",
      status: 200,
      answer: ownTokenAnswer,
    },
    {
      operationId: "rotateOwnToken",
      clientMethod: "self.rotate",
      method: "POST",
      path: "/api/v1/tokens/self/rotate",
      credential: "token",
      permission: "any",
      title: "Rotate this token",
      summary:
        "Answers with a new secret, this once. Nothing else changes: this one works until the new one is first used, and then for the days of the overlap. An answer that was lost is made good by asking again: what it had asked for itself and not used yet is replaced. Where somebody else asked, the answer is other_secret_waits. Within five seconds of another rotation, or of the first use of one, it is rotated_just_now, and Retry-After says when to come again. A new secret waits for its first use for 30 days. The first use of a new secret also ends one whose overlap still runs. A secret that was replaced and has ended is no valid token; presented here it deletes the token, and its issuer and the administrators are told. By an access token no client gets a new secret (not_by_access_token): whoever has one need not have the secret.",
      body: rotateTokenInput,
      isBodyOptional: true,
      notes: { overlap_days: "0 to 7; 1 where it is left out. The body may be left out too." },
      bodyExample: rotateTokenBody,
      status: 200,
      answer: ownRotatedAnswer,
      problems: [
        "not_an_api_token",
        "not_by_access_token",
        "tokens_disabled",
        "rotated_just_now",
        "other_secret_waits",
        "already_deleted",
      ],
    },
    {
      operationId: "cancelOwnRotation",
      clientMethod: "self.cancelRotation",
      method: "DELETE",
      path: "/api/v1/tokens/self/rotation",
      credential: "token",
      permission: "any",
      title: "Cancel this token's rotation",
      summary:
        "Takes back the secret that the token got itself and that waits: it never works. One that was used already stays, and so does one that somebody else asked for.",
      status: 200,
      answer: ownKeptAnswer,
      problems: ["not_an_api_token", "not_by_access_token", "no_rotation", "other_secret_waits", "already_deleted"],
    },
    {
      operationId: "deleteOwnToken",
      clientMethod: "self.delete",
      method: "DELETE",
      path: "/api/v1/tokens/self",
      credential: "token",
      permission: "any",
      bySuperseded: true,
      title: "End this token",
      summary:
        "Deletes the token that the request carries, for good: its next call is refused. Use it where a token may have leaked. Of an access token it ends that one alone, as POST /oauth/revoke does; its client works on.",
      status: 200,
      answer: endedTokenAnswer,
      problems: ["not_an_api_token", "already_deleted"],
    },
  ],
});
