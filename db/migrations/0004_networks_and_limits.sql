CREATE UNLOGGED TABLE "call_counts" (
	"minute" integer NOT NULL,
	"subject_id" text NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "call_counts_minute_subject_id_pk" PRIMARY KEY("minute","subject_id")
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "allowed_networks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "token_policies" ADD COLUMN "allowed_networks" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "token_policies" ADD COLUMN "calls_per_token" integer;--> statement-breakpoint
ALTER TABLE "token_policies" ADD COLUMN "calls_per_organization" integer;--> statement-breakpoint
ALTER TABLE "token_policies" ADD CONSTRAINT "token_policies_calls" CHECK (coalesce("token_policies"."calls_per_token", 1) > 0 and coalesce("token_policies"."calls_per_organization", 1) > 0);--> statement-breakpoint
-- By its columns, as before, and where the token may be used from is one of them now.
DROP TRIGGER note_token ON api_tokens;
--> statement-breakpoint
CREATE TRIGGER note_token AFTER UPDATE OF kind, prefix, name, description, issuer_id, role_id, secret_hash, pepper_id, expires_at, allowed_networks
	ON api_tokens FOR EACH ROW
	WHEN ((old.kind, old.prefix, old.name, old.description, old.issuer_id, old.role_id, old.secret_hash, old.pepper_id, old.expires_at, old.allowed_networks)
		IS DISTINCT FROM (new.kind, new.prefix, new.name, new.description, new.issuer_id, new.role_id, new.secret_hash, new.pepper_id, new.expires_at, new.allowed_networks))
	EXECUTE FUNCTION note_revocation('token', 'organization_id', 'id');
