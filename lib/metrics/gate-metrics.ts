import type { Registry } from "prom-client";
import type { AnswerCounts } from "@/lib/gate/answer-counts";
import { addCounter } from "./registered";

/** Registers what the gate answered, by status: a number of the gate's own and never a caller's. */
export function addGateMetrics(registry: Registry, { byStatus }: AnswerCounts): void {
  addCounter(
    registry,
    { name: "latchkey_gate_answers_total", help: "Requests that the gate answered, by status." },
    { label: "status", read: () => [...byStatus].map(([status, count]) => [String(status), count] as const) },
  );
}
