import { z } from "zod";
import { nameInput } from "@/lib/text-input";
import { passwordProblem } from "./password-rule";

/** What stands after the `#` of an invitation's link. Anything may; what never was a code is answered like an old one. */
const code = z.string({ error: "Open the link of your invitation." }).max(200, { error: "Open the whole link." });

export const invitationInput = z.strictObject({ code });

/** What somebody without an account tells. The address is the invitation's. */
export const acceptAsNewInput = z
  .strictObject({
    code,
    name: nameInput("your name"),
    /** The invitation's own, as the page shows it: a password must not be made of it. */
    email: z.string().max(300),
    password: z.string({ error: "Choose a password." }).max(1024, { error: "Use at most 256 characters." }),
  })
  .superRefine(({ password, email, name }, ctx) => {
    const message = passwordProblem(password, [...email.split(/[@.]/), ...name.split(/\s+/)]);
    if (message) ctx.addIssue({ code: "custom", path: ["password"], message });
  });
