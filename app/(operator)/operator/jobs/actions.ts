"use server";

import { operatorAction } from "@/lib/auth/member-action";
import { askForRun, askForRunInput } from "@/lib/jobs/ask-for-run";

export const askForRunAction = operatorAction(askForRunInput, (operator, input, ctx) =>
  askForRun(operator, input, ctx),
);
