CREATE TABLE "inactivity_watches" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notice_defaults" DROP CONSTRAINT "notice_defaults_kind";--> statement-breakpoint
ALTER TABLE "notice_preferences" DROP CONSTRAINT "notice_preferences_kind";--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_event";--> statement-breakpoint
ALTER TABLE "inactivity_watches" ADD CONSTRAINT "inactivity_watches_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_defaults" ADD CONSTRAINT "notice_defaults_kind" CHECK (event in ('token_expiring','token_inactive','token_created','token_deleted','token_leaked') and channel in ('in_app','email'));--> statement-breakpoint
ALTER TABLE "notice_preferences" ADD CONSTRAINT "notice_preferences_kind" CHECK (event in ('token_expiring','token_inactive','token_created','token_deleted','token_leaked') and channel in ('in_app','email'));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_event" CHECK (event in ('token_expiring','token_inactive','token_created','token_deleted','token_leaked'));