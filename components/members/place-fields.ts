import type { InvalidField } from "@/lib/auth/action-result";

/**
 * Which control each message stands beside. A control named `group_ids` claims what is wrong with any of them, and `change.`
 * around the fields of an update is nothing that a form shows. `sentence` is what no control claims, or empty.
 */
export function placeFields(wrong: readonly InvalidField[], controls: readonly string[]) {
  const placed: InvalidField[] = [];
  const rest: string[] = [];
  for (const { field, message } of wrong) {
    const bare = field.replace(/^change\./, "");
    const control = controls.find((name) => bare === name || bare.startsWith(`${name}.`));
    if (control === undefined) rest.push(message);
    else placed.push({ field: control, message });
  }
  return { placed, sentence: rest.join(" ") };
}
