CREATE TABLE "audit_events" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_member_id" uuid,
	"actor_token_id" text,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"details" jsonb NOT NULL,
	"request_id" text,
	"ip" text,
	CONSTRAINT "audit_events_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "audit_events_actor" CHECK ("audit_events"."actor_kind" in ('member','token','system'))
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"organization_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"is_administrator" boolean DEFAULT false NOT NULL,
	CONSTRAINT "group_members_organization_id_group_id_member_id_pk" PRIMARY KEY("organization_id","group_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "groups_name" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"portal" text DEFAULT 'console' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp (3) with time zone,
	CONSTRAINT "members_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "members_user" UNIQUE("organization_id","user_id"),
	CONSTRAINT "members_portal" CHECK ("members"."portal" in ('console','hub')),
	CONSTRAINT "members_status" CHECK ("members"."status" in ('active','deactivated'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"plan" text NOT NULL,
	"tokens_enabled" boolean DEFAULT true NOT NULL,
	"tokens_disabled_reason" text,
	"teams_enabled" boolean DEFAULT false NOT NULL,
	"group_noun" text DEFAULT 'group' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_slug_unique" UNIQUE("slug"),
	CONSTRAINT "organizations_plan" CHECK ("organizations"."plan" in ('starter','pro','premium','enterprise')),
	CONSTRAINT "organizations_group_noun" CHECK ("organizations"."group_noun" in ('group','team','business_unit','visibility_group')),
	CONSTRAINT "organizations_name_length" CHECK (char_length("organizations"."name") between 1 and 200)
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"built_in" text,
	"permissions" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "roles_name" UNIQUE("organization_id","name"),
	CONSTRAINT "roles_built_in" CHECK ("roles"."built_in" in ('administrator','engineer','user','viewer'))
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"organization_id" uuid NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"prefix" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"issuer_id" uuid NOT NULL,
	"role_id" uuid,
	"secret_hash" "bytea" NOT NULL,
	"pepper_id" text NOT NULL,
	"last_four" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" uuid,
	"last_used_at" timestamp (3) with time zone,
	"last_used_ip" "inet",
	"last_used_agent" text,
	CONSTRAINT "api_tokens_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "api_tokens_kind" CHECK ("api_tokens"."kind" in ('pat','svc','cls','tmp')),
	CONSTRAINT "api_tokens_state" CHECK ("api_tokens"."state" in ('active','expired','deleted')),
	CONSTRAINT "api_tokens_deleted" CHECK (("api_tokens"."state" = 'deleted') = ("api_tokens"."deleted_at" is not null)),
	CONSTRAINT "api_tokens_name_length" CHECK (char_length("api_tokens"."name") between 1 and 200),
	CONSTRAINT "api_tokens_description_length" CHECK (char_length("api_tokens"."description") <= 500)
);
--> statement-breakpoint
CREATE TABLE "token_callers" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"ip" "inet" NOT NULL,
	"agent" text,
	"calls" bigint NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "token_callers_organization_id_token_id_ip_pk" PRIMARY KEY("organization_id","token_id","ip")
);
--> statement-breakpoint
CREATE TABLE "token_policies" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"preset" text NOT NULL,
	"issuers" text NOT NULL,
	"visibility" text NOT NULL,
	"access" text NOT NULL,
	"expiry" text NOT NULL,
	"expiry_days" integer,
	"delete_expired" boolean NOT NULL,
	"max_per_organization" integer,
	"max_per_issuer" integer,
	"credential" text NOT NULL,
	"description" text NOT NULL,
	"secret_shown" text NOT NULL,
	"closing" text NOT NULL,
	"mail_on_create" boolean NOT NULL,
	"mail_on_delete" boolean NOT NULL,
	"notice_days" integer[] NOT NULL,
	"notice_administrators" boolean NOT NULL,
	"tokens_may_mint" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "token_policies_limits" CHECK (coalesce("token_policies"."max_per_organization", 1) > 0 and coalesce("token_policies"."max_per_issuer", 1) > 0),
	CONSTRAINT "token_policies_expiry" CHECK ("token_policies"."expiry" in ('never','optional','required','fixed') and ("token_policies"."expiry" <> 'fixed' or "token_policies"."expiry_days" is not null)),
	CONSTRAINT "token_policies_issuers" CHECK ("token_policies"."issuers" in ('everyone','administrators','administrators_with_teams','permitted')),
	CONSTRAINT "token_policies_visibility" CHECK ("token_policies"."visibility" in ('own','administrators','permitted')),
	CONSTRAINT "token_policies_shown" CHECK ("token_policies"."description" in ('hidden','optional','required') and "token_policies"."credential" in ('secret','client')
      and "token_policies"."secret_shown" in ('plain','masked') and "token_policies"."closing" in ('close','button','checkbox')),
	CONSTRAINT "token_policies_preset" CHECK ("token_policies"."preset" in ('admin_issued','role_scoped','single_rotating','personal_mirror','client_credentials')),
	CONSTRAINT "token_policies_access" CHECK ("token_policies"."access" in ('assigned_role','issuer'))
);
--> statement-breakpoint
CREATE TABLE "token_usage" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"day" date NOT NULL,
	"outcome" text NOT NULL,
	"calls" bigint NOT NULL,
	"by_hour" integer[] NOT NULL,
	CONSTRAINT "token_usage_organization_id_token_id_day_outcome_pk" PRIMARY KEY("organization_id","token_id","day","outcome"),
	CONSTRAINT "token_usage_outcome" CHECK ("token_usage"."outcome" in ('allowed','forbidden','refused'))
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"organization_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip" text,
	"agent" text,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "setup_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text DEFAULT 'person' NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"is_operator" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_kind" CHECK ("users"."kind" in ('person','service')),
	CONSTRAINT "users_person_has_email" CHECK ("users"."kind" = 'service' or "users"."email" is not null)
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group" FOREIGN KEY ("organization_id","group_id") REFERENCES "public"."groups"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_role" FOREIGN KEY ("organization_id","role_id") REFERENCES "public"."roles"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_issuer" FOREIGN KEY ("organization_id","issuer_id") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_role" FOREIGN KEY ("organization_id","role_id") REFERENCES "public"."roles"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_callers" ADD CONSTRAINT "token_callers_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_policies" ADD CONSTRAINT "token_policies_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_usage" ADD CONSTRAINT "token_usage_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("organization_id","subject_kind","subject_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "group_members_by_member" ON "group_members" USING btree ("organization_id","member_id");--> statement-breakpoint
CREATE INDEX "members_by_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "members_by_role" ON "members" USING btree ("organization_id","role_id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_id" ON "api_tokens" USING btree ("id");--> statement-breakpoint
CREATE INDEX "api_tokens_by_created" ON "api_tokens" USING btree ("organization_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "api_tokens_by_issuer" ON "api_tokens" USING btree ("organization_id","issuer_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "api_tokens_by_role" ON "api_tokens" USING btree ("organization_id","role_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "api_tokens_by_state" ON "api_tokens" USING btree ("organization_id","state","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "api_tokens_by_last_used" ON "api_tokens" USING btree ("organization_id","last_used_at" DESC NULLS LAST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "api_tokens_by_expiry" ON "api_tokens" USING btree ("organization_id","expires_at","id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "api_tokens_by_name" ON "api_tokens" USING btree ("organization_id",lower("name") collate "C","id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));