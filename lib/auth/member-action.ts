import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import type { MemberActor } from "@/lib/access/actor";
import { catchUp } from "@/lib/authority/authority";
import type { Context } from "@/lib/context";
import { isDatabaseAway } from "@/lib/database-away";
import { env } from "@/lib/env";
import { errorFacts, log } from "@/lib/log";
import { PAGE_ORGANIZATION_HEADER } from "@/lib/organizations/page-organization";
import { type Outcome, refusalSentence, refused } from "@/lib/refusal";
import type { Action, ActionResult } from "./action-result";
import { invalidFields } from "./invalid-fields";
import { isOwnOrigin } from "./own-origin";
import type { Session } from "./read-session";
import { requestContext } from "./request-context";
import { currentMember, currentSession, organizationWords } from "./require-member";

type Verb<Who, Input, T> = (who: Who, input: Input, ctx: Context) => Promise<Outcome<T>>;

/** Of an action that hub and console offer alike. */
export const EVERY_PORTAL: readonly MemberActor["portal"][] = ["console", "hub"];

/**
 * A server action for members of these portals: guard, parse, run, answer. The verb gets the live actor, the parsed input
 * and the request's context; the caller gets an `ActionResult` whatever happens, with no exception's message in it.
 */
export function memberAction<S extends z.ZodType, T>(
  schema: S,
  verb: Verb<MemberActor, z.output<S>, T>,
  portals: readonly MemberActor["portal"][] = ["console"],
): Action<T> {
  return guarded(currentMember, schema, async (actor, input, ctx) => {
    if (await isPageOfAnother(actor)) return refused("organization_switched");
    return portals.includes(actor.portal) ? verb(actor, input, ctx) : refused("not_permitted");
  });
}

/** A server action for anybody who is signed in, whether or not an organization lets them in. */
export function accountAction<S extends z.ZodType, T>(schema: S, verb: Verb<Session, z.output<S>, T>): Action<T> {
  return guarded(currentSession, schema, verb);
}

/** A server action for the operator. */
export function operatorAction<S extends z.ZodType, T>(schema: S, verb: Verb<Session, z.output<S>, T>): Action<T> {
  return guarded(currentOperator, schema, verb);
}

/** A server action for what happens before sign-in. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  verb: (input: z.output<S>, ctx: Context) => Promise<Outcome<T>>,
): Action<T> {
  return guarded(anybody, schema, (_who, input, ctx) => verb(input, ctx));
}

/** Whether the page that asks shows another organization than the one that the session looks at since. */
async function isPageOfAnother({ organizationId }: MemberActor): Promise<boolean> {
  const shown = (await headers()).get(PAGE_ORGANIZATION_HEADER);
  return shown !== null && shown !== organizationId;
}

const anybody = () => Promise.resolve(true as const);

async function currentOperator(): Promise<Session | null> {
  const session = await currentSession();
  return session?.isOperator ? session : null;
}

function guarded<Who, S extends z.ZodType, T>(
  guard: () => Promise<Who | null>,
  schema: S,
  verb: Verb<Who, z.output<S>, T>,
): Action<T> {
  return async (raw) => {
    let requestId = "unknown";
    try {
      const publicUrl = env().PUBLIC_URL;
      if (!isOwnOrigin((await headers()).get("origin"), publicUrl)) {
        return { ok: false, unavailable: `Nothing was done: this page was not opened at ${publicUrl}. Open it there.` };
      }
      const ctx = await requestContext();
      requestId = ctx.origin.requestId ?? requestId;
      const who = await guard();
      if (who === null) return { ok: false, signedOut: true };
      const input = schema.safeParse(raw);
      if (!input.success) return { ok: false, invalid: invalidFields(input.error) };
      const outcome = await verb(who, input.data, ctx);
      await catchUp();
      return await answer(outcome);
    } catch (error) {
      return failure(error, requestId);
    }
  };
}

async function answer<T>(outcome: Outcome<T>): Promise<ActionResult<T>> {
  if (outcome.ok) return outcome;
  const { code, field } = outcome.refusal;
  const sentence = refusalSentence(outcome.refusal, (await organizationWords()).tokens);
  return { ok: false, refusal: { code, sentence, ...(field ? { field } : {}) } };
}

function failure(error: unknown, requestId: string): ActionResult<never> {
  const away = isDatabaseAway(error);
  log().error({ requestId, error: errorFacts(error) }, away ? "an action found no database" : "an action failed");
  return {
    ok: false,
    unavailable: away
      ? "Latchkey cannot reach its database, so nothing was done. Try again in a moment."
      : `Something went wrong on our side. Try again; if it stays, give this number to your administrator: ${requestId}`,
  };
}
