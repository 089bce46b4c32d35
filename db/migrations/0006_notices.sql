CREATE TABLE "job_runs" (
	"name" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"succeeded_at" timestamp (3) with time zone,
	"counts" jsonb,
	"failure" text,
	"runs" bigint DEFAULT 0 NOT NULL,
	"failures" bigint DEFAULT 0 NOT NULL,
	"totals" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "local_mailbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"from_line" text NOT NULL,
	"to_address" text NOT NULL,
	"to_line" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"headers" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"organization_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"to_name" text NOT NULL,
	"to_address" text NOT NULL,
	"content" jsonb NOT NULL,
	"rendered" jsonb,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"doubtful" boolean DEFAULT false NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('waiting','sent','dead','dropped')),
	CONSTRAINT "outbox_settled_at" CHECK (("outbox"."state" = 'waiting') = ("outbox"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "expiry_answers" (
	"organization_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"remind_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	CONSTRAINT "expiry_answers_organization_id_member_id_token_id_pk" PRIMARY KEY("organization_id","member_id","token_id")
);
--> statement-breakpoint
CREATE TABLE "expiry_notices" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"member_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"days" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	"notification_id" uuid,
	CONSTRAINT "expiry_notices_organization_id_token_id_member_id_expires_at_days_pk" PRIMARY KEY("organization_id","token_id","member_id","expires_at","days")
);
--> statement-breakpoint
CREATE TABLE "notice_defaults" (
	"organization_id" uuid NOT NULL,
	"event" text NOT NULL,
	"channel" text NOT NULL,
	"enabled" boolean NOT NULL,
	CONSTRAINT "notice_defaults_organization_id_event_channel_pk" PRIMARY KEY("organization_id","event","channel"),
	CONSTRAINT "notice_defaults_kind" CHECK (event in ('token_expiring','token_created','token_deleted','token_leaked') and channel in ('in_app','email'))
);
--> statement-breakpoint
CREATE TABLE "notice_preferences" (
	"organization_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"event" text NOT NULL,
	"channel" text NOT NULL,
	"enabled" boolean NOT NULL,
	CONSTRAINT "notice_preferences_organization_id_member_id_event_channel_pk" PRIMARY KEY("organization_id","member_id","event","channel"),
	CONSTRAINT "notice_preferences_kind" CHECK (event in ('token_expiring','token_created','token_deleted','token_leaked') and channel in ('in_app','email'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"event" text NOT NULL,
	"details" jsonb NOT NULL,
	"in_app" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "notifications_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "notifications_event" CHECK (event in ('token_expiring','token_created','token_deleted','token_leaked'))
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "expiry_set_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expiry_answers" ADD CONSTRAINT "expiry_answers_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expiry_answers" ADD CONSTRAINT "expiry_answers_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expiry_notices" ADD CONSTRAINT "expiry_notices_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expiry_notices" ADD CONSTRAINT "expiry_notices_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_defaults" ADD CONSTRAINT "notice_defaults_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_preferences" ADD CONSTRAINT "notice_preferences_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "local_mailbox_by_time" ON "local_mailbox" USING btree ("at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("next_attempt_at","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("settled_at" DESC NULLS FIRST,"id") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "outbox_settled" ON "outbox" USING btree ("settled_at") WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX "outbox_by_organization" ON "outbox" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "expiry_answers_due" ON "expiry_answers" USING btree ("remind_at") WHERE reminded_at is null;--> statement-breakpoint
CREATE INDEX "expiry_notices_untold" ON "expiry_notices" USING btree ("organization_id","member_id") WHERE told_at is null;--> statement-breakpoint
CREATE INDEX "expiry_notices_by_notification" ON "expiry_notices" USING btree ("organization_id","notification_id");--> statement-breakpoint
CREATE INDEX "notifications_by_member" ON "notifications" USING btree ("organization_id","member_id","id" DESC NULLS FIRST) WHERE in_app;--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("organization_id","member_id") WHERE in_app and read_at is null;--> statement-breakpoint
CREATE INDEX "notifications_by_time" ON "notifications" USING btree ("at");--> statement-breakpoint
CREATE INDEX "api_tokens_overdue" ON "api_tokens" USING btree ("expires_at") WHERE state = 'active' and expires_at is not null;--> statement-breakpoint
CREATE INDEX "api_tokens_tombstones" ON "api_tokens" USING btree ("deleted_at") WHERE state = 'deleted';