CREATE TABLE "inactivity_notices" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"noticed_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inactivity_notices_organization_id_token_id_pk" PRIMARY KEY("organization_id","token_id")
);
--> statement-breakpoint
CREATE TABLE "ended_secrets" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"pepper_id" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ended_secrets_organization_id_token_id_hash_pk" PRIMARY KEY("organization_id","token_id","hash")
);
--> statement-breakpoint
CREATE TABLE "secret_uses" (
	"organization_id" uuid NOT NULL,
	"token_id" text NOT NULL,
	"secret" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ip" "inet",
	"agent" text,
	CONSTRAINT "secret_uses_organization_id_token_id_secret_pk" PRIMARY KEY("organization_id","token_id","secret"),
	CONSTRAINT "secret_uses_secret" CHECK ("secret_uses"."secret" in ('current','previous'))
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_hash" "bytea";--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_pepper_id" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_last_four" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_by" uuid;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_overlap_days" integer;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "pending_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "previous_hash" "bytea";--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "previous_pepper_id" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "previous_last_four" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "previous_ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "rotated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "token_policies" ADD COLUMN "inactive_days" integer;--> statement-breakpoint
ALTER TABLE "inactivity_notices" ADD CONSTRAINT "inactivity_notices_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ended_secrets" ADD CONSTRAINT "ended_secrets_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_uses" ADD CONSTRAINT "secret_uses_token" FOREIGN KEY ("organization_id","token_id") REFERENCES "public"."api_tokens"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inactivity_notices_due" ON "inactivity_notices" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_pending" CHECK (num_nonnulls("api_tokens"."pending_hash", "api_tokens"."pending_pepper_id", "api_tokens"."pending_last_four", "api_tokens"."pending_at", "api_tokens"."pending_by", "api_tokens"."pending_overlap_days") in (0, 6)
      and ("api_tokens"."pending_hash" is not null or "api_tokens"."pending_expires_at" is null));--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_pending_overlap" CHECK ("api_tokens"."pending_overlap_days" between 0 and 7);--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_previous" CHECK (num_nonnulls("api_tokens"."previous_hash", "api_tokens"."previous_pepper_id", "api_tokens"."previous_last_four", "api_tokens"."previous_ends_at") in (0, 4));--> statement-breakpoint
ALTER TABLE "token_policies" ADD CONSTRAINT "token_policies_inactive_days" CHECK ("token_policies"."inactive_days" between 1 and 3650);--> statement-breakpoint
-- By its columns, as before: a secret that begins to wait, takes its place, is taken back or ends is one of them now.
DROP TRIGGER note_token ON api_tokens;
--> statement-breakpoint
CREATE TRIGGER note_token AFTER UPDATE OF kind, prefix, name, description, issuer_id, role_id, secret_hash, pepper_id, expires_at, allowed_networks, pending_hash, previous_hash, previous_ends_at
	ON api_tokens FOR EACH ROW
	WHEN ((old.kind, old.prefix, old.name, old.description, old.issuer_id, old.role_id, old.secret_hash, old.pepper_id, old.expires_at, old.allowed_networks, old.pending_hash, old.previous_hash, old.previous_ends_at)
		IS DISTINCT FROM (new.kind, new.prefix, new.name, new.description, new.issuer_id, new.role_id, new.secret_hash, new.pepper_id, new.expires_at, new.allowed_networks, new.pending_hash, new.previous_hash, new.previous_ends_at))
	EXECUTE FUNCTION note_revocation('token', 'organization_id', 'id');
