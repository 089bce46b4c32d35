import { API_REFERENCE } from "../api-reference";
import { placeOf } from "../reference/place";
import type { ProblemPage } from "./problem-pages";

/** Endpoints that name the code among those of their own, each with its place in the reference. */
export const endpointsAnswering = ({ kind, code }: ProblemPage) =>
  API_REFERENCE.flatMap((group) =>
    group.endpoints
      .filter(({ problems, oauthErrors }) =>
        kind === "oauth" ? oauthErrors?.some((error) => error === code) : problems?.includes(code),
      )
      .map((endpoint) => {
        const { method, path, title } = endpoint;
        return { method, path, title, href: placeOf(group, endpoint) };
      }),
  );
