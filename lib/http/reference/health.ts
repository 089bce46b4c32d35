import { z } from "zod";
import { endpointGroup } from "./endpoint";

export const health = endpointGroup({
  title: "Health",
  summary: "For load balancers and orchestrators. No token.",
  endpoints: [
    {
      operationId: "isAlive",
      clientMethod: "health.alive",
      method: "GET",
      path: "/healthz",
      credential: "none",
      permission: null,
      title: "Alive",
      summary: "The process answers. It does not ask the database.",
      status: 200,
      answer: z.object({ status: z.literal("ok").describe("Nothing else is said here.") }),
    },
    {
      operationId: "isReady",
      clientMethod: "health.ready",
      method: "GET",
      path: "/readyz",
      credential: "none",
      permission: null,
      title: "Ready",
      summary: "The database answers and has this version's schema; otherwise 503.",
      status: 200,
      answer: z.object({ status: z.literal("ready").describe("Nothing else is said with 200.") }),
      problems: ["unavailable"],
    },
  ],
});
