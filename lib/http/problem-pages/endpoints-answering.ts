import { API_REFERENCE } from "../api-reference";
import type { ProblemPage } from "./problem-pages";

/** Endpoints that name the code among those of their own, each with its place in the reference. */
export const endpointsAnswering = ({ kind, code }: ProblemPage) =>
  API_REFERENCE.flatMap((group) =>
    group.endpoints
      .filter(({ problems, oauthErrors }) =>
        kind === "oauth" ? oauthErrors?.some((error) => error === code) : problems?.includes(code),
      )
      .map(({ method, path, title }) => ({
        method,
        path,
        title,
        href: `/docs#${slugOf(group.title)}/${method}${path}`,
      })),
  );

/** As Scalar names the part of a tag. */
const slugOf = (title: string) =>
  `tag/${title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-")}`;
