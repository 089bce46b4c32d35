ALTER TABLE "instances" ADD COLUMN "stale_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "instances" ADD COLUMN "server" text DEFAULT 'app' NOT NULL;