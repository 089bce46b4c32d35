DROP INDEX "outbox_due";--> statement-breakpoint
DROP INDEX "outbox_dead";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "urgency" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "tell_by" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_next" ON "outbox" USING btree ("urgency","tell_by","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_given_up" ON "outbox" USING btree ("id" DESC NULLS FIRST) WHERE state = 'dead';--> statement-breakpoint
UPDATE "outbox" SET "tell_by" = "created_at", "urgency" = CASE
	WHEN "content" ->> 'kind' = 'token_leaked' THEN 0
	WHEN "content" ->> 'by' IS NOT NULL THEN 1
	ELSE 2 END
WHERE "state" = 'waiting';
