import { z } from "zod";
import { nameInput } from "@/lib/text-input";
import { PRESETS } from "@/lib/tokens/token-presets";
import { passwordProblem } from "./password-rule";
import { emailInput } from "./sign-in-input";

/** What the first person tells about the organization and herself. */
export const setupInput = z
  .object({
    code: z.string({ error: "Enter the setup code." }).trim().min(1, { error: "Enter the setup code." }).max(64, {
      error: "A setup code looks like 7Q4K-M9TX-2HDW.",
    }),
    organization: nameInput("the organization's name"),
    name: nameInput("your name"),
    email: emailInput,
    password: z.string({ error: "Choose a password." }).max(1024, { error: "Use at most 256 characters." }),
    preset: z.enum(PRESETS, { error: "Choose how tokens are used." }),
  })
  .superRefine(({ password, email, name, organization }, ctx) => {
    const about = [...email.split(/[@.]/), ...name.split(/\s+/), organization];
    const message = passwordProblem(password, about);
    if (message) ctx.addIssue({ code: "custom", path: ["password"], message });
  });
