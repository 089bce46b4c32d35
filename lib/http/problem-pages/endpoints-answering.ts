import { API_REFERENCE } from "../api-reference";
import type { ProblemCode } from "../problem";

/** Endpoints that name the code among those of their own, each with its place in the reference. */
export const endpointsAnswering = (code: ProblemCode) =>
  API_REFERENCE.flatMap((group) =>
    group.endpoints
      .filter(({ problems }) => problems?.includes(code))
      .map(({ method, path, title }) => ({ method, path, title, href: "/docs" })),
  );
