import { Problem } from "./problem";

/** Answers every address under the API that is none of its endpoints. */
export function noSuchEndpoint(): never {
  throw new Problem("not_found", { detail: "There is no such endpoint. The reference is at /docs." });
}
