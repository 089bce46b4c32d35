"use client";

export { default } from "@/app/(console)/settings/api-tokens/refusals/error";
