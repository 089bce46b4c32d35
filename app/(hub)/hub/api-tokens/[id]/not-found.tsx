export { default } from "@/app/(console)/settings/api-tokens/[id]/not-found";
