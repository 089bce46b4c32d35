"use client";

export { default } from "@/app/(console)/notifications/error";
