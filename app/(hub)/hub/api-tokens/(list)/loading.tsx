export { default } from "@/app/(console)/settings/api-tokens/(list)/loading";
