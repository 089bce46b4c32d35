"use server";

import { publicAction } from "@/lib/auth/member-action";
import { setUpAndSignIn } from "@/lib/auth/set-up-and-sign-in";
import { setupInput } from "@/lib/auth/setup-input";

export const setUpAction = publicAction(setupInput, setUpAndSignIn);
