import { createDatabase } from "@/db/client";
import { createToken } from "@/lib/tokens/create-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { contextOf, loadMember } from "./world";

/** What another process does at the same time: each act is of one member, and a deletion is of that member's latest token. */
export interface Acts {
  url: string;
  organizationId: string;
  acts: { kind: "create" | "delete"; memberId: string }[];
  /** Acts under way at once. */
  lanes: number;
}

/** What came of each act, in the order of the acts: `created`, `deleted`, `nothing` to delete, or the refusal's code. */
export type ActAnswers = string[];

process.on("message", (message) => {
  void act(message as Acts).then((answers) => process.send?.(answers, () => process.exit(0)));
});
process.send?.("ready");

async function act({ url, organizationId, acts, lanes }: Acts): Promise<ActAnswers> {
  const database = createDatabase(url, { max: lanes });
  const mine = new Map<string, string[]>();
  const answers: ActAnswers = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < acts.length; at = next++) {
      const { kind, memberId } = acts[at] as Acts["acts"][number];
      const actor = await loadMember(database.db, organizationId, memberId);
      const ctx = contextOf(database.db);
      if (kind === "create") {
        const name = `${process.pid}-${at}`;
        const input = { name, description: null, role_id: null, expires_at: undefined };
        const outcome = await createToken(actor, input, ctx);
        if (outcome.ok) mine.set(memberId, [...(mine.get(memberId) ?? []), outcome.value.token.id]);
        answers[at] = outcome.ok ? "created" : outcome.refusal.code;
      } else {
        const id = mine.get(memberId)?.pop();
        const outcome = id ? await deleteToken(actor, { id }, ctx) : null;
        answers[at] = outcome === null ? "nothing" : outcome.ok ? "deleted" : outcome.refusal.code;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await database.end();
  return answers;
}
