import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type CreateOptions, createOptions } from "./create-options";
import { accountChoices } from "./load-account";
import { loadRules } from "./load-rules";

/** What the create dialog leaves open on a service account's own page; null for who may create no token for it. */
export async function accountOptions(actor: Actor, accountId: string, ctx: Context): Promise<CreateOptions | null> {
  const rules = await loadRules(ctx.db, actor.organizationId);
  const [account] = await accountChoices(actor, rules, ctx, accountId);
  if (!account || account.refusal?.code === "account_not_yours") return null;
  return { ...(await createOptions(actor, rules, ctx)), accounts: [account] };
}
