ALTER TABLE "api_tokens" ADD COLUMN "secret_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- How many there were is not known of those, and need not be: access tokens count from here.
UPDATE "api_tokens" SET "secret_generation" = 1 WHERE "rotated_at" IS NOT NULL;
