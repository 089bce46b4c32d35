"use client";

export { default } from "@/app/(console)/settings/api-tokens/(list)/error";
