CREATE TABLE "idempotent_requests" (
	"organization_id" uuid NOT NULL,
	"caller_id" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" jsonb,
	CONSTRAINT "idempotent_requests_organization_id_caller_id_key_pk" PRIMARY KEY("organization_id","caller_id","key"),
	CONSTRAINT "idempotent_requests_key" CHECK (char_length("idempotent_requests"."key") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "refused_calls" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"token_id" text,
	"member_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"server" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"status" integer NOT NULL,
	"code" text NOT NULL,
	"facts" jsonb NOT NULL,
	"ip" "inet",
	"agent" text,
	CONSTRAINT "refused_calls_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "refused_calls_caller" CHECK (num_nonnulls("refused_calls"."token_id", "refused_calls"."member_id") = 1),
	CONSTRAINT "refused_calls_server" CHECK ("refused_calls"."server" in ('app','gate'))
);
--> statement-breakpoint
CREATE TABLE "api_logins" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"scope" text[],
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	"ip" text,
	"agent" text,
	CONSTRAINT "api_logins_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "api_logins_ended" CHECK (("api_logins"."ended_at" is null) = ("api_logins"."ended_by" is null)),
	CONSTRAINT "api_logins_ended_by" CHECK ("api_logins"."ended_by" in ('logout','member','reuse','deactivated','limit'))
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"organization_id" uuid NOT NULL,
	"login_id" uuid NOT NULL,
	"id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"pepper_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "refresh_tokens_organization_id_login_id_id_pk" PRIMARY KEY("organization_id","login_id","id")
);
--> statement-breakpoint
CREATE TABLE "revoked_access_tokens" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"revoked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "revoked_access_tokens_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"algorithm" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"private_key" "bytea" NOT NULL,
	"pepper_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"signs_from" timestamp (3) with time zone NOT NULL,
	"signs_until" timestamp (3) with time zone NOT NULL,
	"believed_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signing_keys_algorithm" CHECK ("signing_keys"."algorithm" in ('ES256')),
	CONSTRAINT "signing_keys_order" CHECK ("signing_keys"."signs_from" < "signing_keys"."signs_until" and "signing_keys"."created_at" <= "signing_keys"."signs_from")
);
--> statement-breakpoint
ALTER TABLE "revocation_feed" DROP CONSTRAINT "revocation_feed_kind";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "allowed_origins" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_calls" ADD CONSTRAINT "refused_calls_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_calls" ADD CONSTRAINT "refused_calls_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_logins" ADD CONSTRAINT "api_logins_member" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_login" FOREIGN KEY ("organization_id","login_id") REFERENCES "public"."api_logins"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revoked_access_tokens" ADD CONSTRAINT "revoked_access_tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotent_requests_by_time" ON "idempotent_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refused_calls_by_request" ON "refused_calls" USING btree ("organization_id","request_id");--> statement-breakpoint
CREATE INDEX "refused_calls_by_token" ON "refused_calls" USING btree ("organization_id","token_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "refused_calls_by_member" ON "refused_calls" USING btree ("organization_id","member_id","at" DESC NULLS LAST) WHERE member_id is not null;--> statement-breakpoint
CREATE INDEX "refused_calls_by_time" ON "refused_calls" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_logins_id" ON "api_logins" USING btree ("id");--> statement-breakpoint
CREATE INDEX "api_logins_by_member" ON "api_logins" USING btree ("organization_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "api_logins_by_expiry" ON "api_logins" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "refresh_tokens_id" ON "refresh_tokens" USING btree ("id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_by_expiry" ON "refresh_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "revoked_access_tokens_id" ON "revoked_access_tokens" USING btree ("id");--> statement-breakpoint
CREATE INDEX "revoked_access_tokens_by_expiry" ON "revoked_access_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "organizations_with_origins" ON "organizations" USING btree ("id") WHERE allowed_origins <> '{}';--> statement-breakpoint
CREATE INDEX "signing_keys_by_belief" ON "signing_keys" USING btree ("believed_until");--> statement-breakpoint
ALTER TABLE "revocation_feed" ADD CONSTRAINT "revocation_feed_kind" CHECK ("revocation_feed"."kind" in ('token_deleted','token','member','role','group','policy','organization','user','access_token','login','signing_key'));--> statement-breakpoint
CREATE TRIGGER note_access_token_revoked AFTER INSERT ON revoked_access_tokens FOR EACH ROW
	EXECUTE FUNCTION note_revocation('access_token', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_login_ended AFTER UPDATE OF ended_at ON api_logins FOR EACH ROW
	WHEN (old.ended_at IS DISTINCT FROM new.ended_at)
	EXECUTE FUNCTION note_revocation('login', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_login_gone AFTER DELETE ON api_logins FOR EACH ROW
	WHEN (old.ended_at IS NULL AND old.expires_at > now())
	EXECUTE FUNCTION note_revocation('login', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_signing_key AFTER UPDATE OF algorithm, public_key, believed_until ON signing_keys FOR EACH ROW
	WHEN ((old.algorithm, old.public_key, old.believed_until) IS DISTINCT FROM (new.algorithm, new.public_key, new.believed_until))
	EXECUTE FUNCTION note_revocation('signing_key', '', 'id');
--> statement-breakpoint
CREATE TRIGGER note_signing_key_gone AFTER DELETE ON signing_keys FOR EACH ROW
	EXECUTE FUNCTION note_revocation('signing_key', '', 'id');
--> statement-breakpoint
DROP TRIGGER note_organization ON organizations;
--> statement-breakpoint
CREATE TRIGGER note_organization AFTER UPDATE OF name, slug, plan, tokens_enabled, teams_enabled, allowed_origins ON organizations FOR EACH ROW
	WHEN ((old.name, old.slug, old.plan, old.tokens_enabled, old.teams_enabled, old.allowed_origins)
		IS DISTINCT FROM (new.name, new.slug, new.plan, new.tokens_enabled, new.teams_enabled, new.allowed_origins))
	EXECUTE FUNCTION note_revocation('organization', 'id', 'id');
