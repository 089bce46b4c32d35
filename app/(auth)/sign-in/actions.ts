"use server";

import { z } from "zod";
import { publicAction } from "@/lib/auth/member-action";
import { signIn } from "@/lib/auth/sign-in";
import { signInInput } from "@/lib/auth/sign-in-input";
import { signOut } from "@/lib/auth/sign-out";

export const signInAction = publicAction(signInInput, signIn);

export const signOutAction = publicAction(z.unknown(), signOut);
