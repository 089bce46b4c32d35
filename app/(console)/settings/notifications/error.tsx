"use client";

export { default } from "../../notifications/error";
