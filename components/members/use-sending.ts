"use client";

import { useState } from "react";
import type { z } from "zod";
import { askServer, type Trouble, troubleOf } from "@/components/tokens/form-answer";
import type { ActionResult, InvalidField } from "@/lib/auth/action-result";
import { invalidFields } from "@/lib/auth/invalid-fields";
import { placeFields } from "./place-fields";

/** The way of a short form to the server: one at a time, with what is wrong beside its field or above all of them. */
export function useSending(fields: readonly string[] = []) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [wrong, setWrong] = useState<InvalidField[]>([]);

  /** Says at once what the schema finds wrong; true where nothing is. */
  function check(schema: z.ZodType, input: unknown): boolean {
    const { error } = schema.safeParse(input);
    setTrouble(null);
    place(error ? invalidFields(error) : []);
    return error === undefined;
  }

  /** What no control claims is said above all of them: a form that does nothing says why. */
  function place(found: readonly InvalidField[]): boolean {
    const { placed, sentence } = placeFields(found, fields);
    setWrong(placed);
    if (sentence) setTrouble({ kind: "refused", sentence });
    return found.length > 0;
  }

  /** The answer's value, or null where it was refused, which the form then shows. */
  async function send<T>(ask: () => Promise<ActionResult<T>>): Promise<T | null> {
    if (busy) return null;
    setBusy(true);
    setTrouble(null);
    setWrong([]);
    const result = await askServer(ask);
    setBusy(false);
    if (result.ok) return result.value;
    const beside =
      "invalid" in result
        ? result.invalid
        : "refusal" in result && result.refusal.field
          ? [{ field: result.refusal.field, message: result.refusal.sentence }]
          : [];
    if (!place(beside)) setTrouble(troubleOf(result));
    return null;
  }

  const errorOf = (field: string) => wrong.find((each) => each.field === field)?.message;
  return { busy, trouble, errorOf, check, send };
}
