import { randomUUID } from "node:crypto";

const GIVEN = /^[A-Za-z0-9_-]{8,64}$/;

/** What a request is called in answers and logs: the `X-Request-Id` that it brought, where that is one, or a new one. */
export const requestIdFrom = (given: string | null): string =>
  given !== null && GIVEN.test(given) ? given : randomUUID();
