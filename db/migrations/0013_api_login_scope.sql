ALTER TABLE "api_logins" DROP CONSTRAINT "api_logins_ended_by";--> statement-breakpoint
ALTER TABLE "api_logins" ADD COLUMN "scope" text[];--> statement-breakpoint
ALTER TABLE "api_logins" ADD CONSTRAINT "api_logins_ended_by" CHECK ("api_logins"."ended_by" in ('logout','member','reuse','password','deactivated','limit'));