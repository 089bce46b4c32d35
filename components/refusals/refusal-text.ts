import type { ExplainedRefusal } from "@/lib/refusals/explain-refusal";

/** An explanation as text, for whoever has to be asked. */
export function refusalText({ call, title, reasons, since, now, changes }: ExplainedRefusal): string {
  return [
    title,
    `${call.method} ${call.path} was answered with ${call.status} at ${call.at.toISOString()}, request ${call.requestId}.`,
    ...reasons,
    ...(since ? [`Since: ${since.words}, ${since.at.toISOString()}.`] : []),
    now.sentence,
    ...changes.map(({ sentence }) => sentence),
  ].join("\n");
}
