import { z } from "zod";
import { endpointGroup } from "./endpoint";

export const description = endpointGroup({
  title: "This description",
  summary: "What is written here, for programs. No token.",
  endpoints: [
    {
      operationId: "getDescription",
      clientMethod: "discovery.openapi",
      method: "GET",
      path: "/api/v1/openapi.json",
      credential: "none",
      permission: null,
      title: "Read the OpenAPI document",
      summary: "This API as OpenAPI 3.1 has it, made of the very schemas that it reads and answers by.",
      isConditional: true,
      status: 200,
      answer: z.looseObject({
        openapi: z.string().describe("The version of OpenAPI."),
        paths: z.looseObject({}).describe("Every address with its operations."),
      }),
    },
  ],
});
