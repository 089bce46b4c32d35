CREATE TABLE "access_requests" (
	"organization_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "access_requests_organization_id_member_id_pk" PRIMARY KEY("organization_id","member_id"),
	CONSTRAINT "access_requests_reason" CHECK (char_length("access_requests"."reason") <= 500)
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role_id" uuid NOT NULL,
	"portal" text NOT NULL,
	"group_ids" uuid[] NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "invitations_code_hash_unique" UNIQUE("code_hash"),
	CONSTRAINT "invitations_portal" CHECK ("invitations"."portal" in ('console','hub'))
);
--> statement-breakpoint
CREATE TABLE "organization_permissions" (
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organization_permissions_organization_id_name_pk" PRIMARY KEY("organization_id","name"),
	CONSTRAINT "organization_permissions_name" CHECK ("organization_permissions"."name" ~ '^[a-z][a-z0-9_-]{0,39}:[a-z][a-z0-9_-]{0,39}$'),
	CONSTRAINT "organization_permissions_description" CHECK (char_length("organization_permissions"."description") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "owner_member_id" uuid;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "owner_group_id" uuid;--> statement-breakpoint
ALTER TABLE "access_requests" ADD CONSTRAINT "access_requests_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role" FOREIGN KEY ("organization_id","role_id") REFERENCES "public"."roles"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by" FOREIGN KEY ("organization_id","invited_by") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_permissions" ADD CONSTRAINT "organization_permissions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("organization_id",lower("email")) WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_owner" FOREIGN KEY ("organization_id","owner_member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_owner_group" FOREIGN KEY ("organization_id","owner_group_id") REFERENCES "public"."groups"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("organization_id","actor_member_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "members_by_owner" ON "members" USING btree ("organization_id","owner_member_id") WHERE owner_member_id is not null;--> statement-breakpoint
CREATE INDEX "members_by_owner_group" ON "members" USING btree ("organization_id","owner_group_id") WHERE owner_group_id is not null;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_one_owner" CHECK ("members"."owner_member_id" is null or "members"."owner_group_id" is null);