import { STATUS_CODES } from "node:http";
import { PROBLEMS, type ProblemCode } from "../problem";

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** Every code below its status, the statuses upwards. */
export function problemsByStatus() {
  const statuses = [...new Set(CODES.map((code) => PROBLEMS[code].status))].sort((a, b) => a - b);
  return statuses.map((status) => ({
    status,
    reason: STATUS_CODES[status] ?? "",
    problems: CODES.filter((code) => PROBLEMS[code].status === status)
      .sort()
      .map((code) => ({ code, sentence: PROBLEMS[code].sentence })),
  }));
}
