import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type ExplainedRefusal, explainRefusal } from "./explain-refusal";
import { explainRefusalInput } from "./refusal-input";

/** What the page shows of what was pasted: nothing yet, that it is no request id, that nothing is kept of it, or why. */
export type RefusalsView =
  | { state: "empty" }
  | { state: "malformed" | "unknown"; asked: string }
  | { state: "found"; asked: string; refusals: ExplainedRefusal[] };

/** Longer than any id with what may stand around it. */
const LONGEST = 200;

export async function viewRefusals(
  actor: MemberActor,
  pasted: string | string[] | undefined,
  ctx: Context,
): Promise<RefusalsView> {
  const text = ([pasted].flat()[0] ?? "").trim().slice(0, LONGEST);
  if (text === "") return { state: "empty" };
  const input = explainRefusalInput.safeParse({ request_id: text });
  if (!input.success) return { state: "malformed", asked: text };
  const asked = input.data.request_id;
  const found = await explainRefusal(actor, input.data, ctx);
  return found.ok ? { state: "found", asked, refusals: found.value } : { state: "unknown", asked };
}
