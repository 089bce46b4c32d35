CREATE TABLE "instances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp (3) with time zone,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocation_confirmations" (
	"sequence" bigint NOT NULL,
	"instance_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "revocation_confirmations_sequence_instance_id_pk" PRIMARY KEY("sequence","instance_id")
);
--> statement-breakpoint
CREATE TABLE "revocation_feed" (
	"sequence" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "revocation_feed_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"kind" text NOT NULL,
	"organization_id" uuid,
	"subject_id" text NOT NULL,
	CONSTRAINT "revocation_feed_kind" CHECK ("revocation_feed"."kind" in ('token_deleted','token','member','role','group','policy','organization','user'))
);
--> statement-breakpoint
ALTER TABLE "revocation_confirmations" ADD CONSTRAINT "revocation_confirmations_sequence_revocation_feed_sequence_fk" FOREIGN KEY ("sequence") REFERENCES "public"."revocation_feed"("sequence") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revocation_confirmations" ADD CONSTRAINT "revocation_confirmations_instance_id_instances_id_fk" FOREIGN KEY ("instance_id") REFERENCES "public"."instances"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "revocation_confirmations_by_instance" ON "revocation_confirmations" USING btree ("instance_id");--> statement-breakpoint
CREATE INDEX "revocation_feed_by_transaction" ON "revocation_feed" USING btree ("transaction");--> statement-breakpoint
CREATE INDEX "revocation_feed_deletions" ON "revocation_feed" USING btree ("subject_id") WHERE kind = 'token_deleted';--> statement-breakpoint
CREATE INDEX "revocation_feed_by_time" ON "revocation_feed" USING btree ("at");--> statement-breakpoint
-- Called with the kind of the event, the column that names the organization ('' where there is none) and the one that
-- names the subject. The notice goes out when, and only when, the change is committed.
CREATE FUNCTION note_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	subject jsonb := to_jsonb(coalesce(old, new));
	noted revocation_feed;
BEGIN
	INSERT INTO revocation_feed (kind, organization_id, subject_id)
	VALUES (tg_argv[0], (subject ->> tg_argv[1])::uuid, subject ->> tg_argv[2])
	RETURNING * INTO noted;
	PERFORM pg_notify('latchkey_revocations', noted.sequence || ' ' || noted.kind || ' ' || noted.subject_id);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER note_token_deleted AFTER UPDATE OF deleted_at ON api_tokens FOR EACH ROW
	WHEN (old.deleted_at IS DISTINCT FROM new.deleted_at)
	EXECUTE FUNCTION note_revocation('token_deleted', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_token_gone AFTER DELETE ON api_tokens FOR EACH ROW
	WHEN (old.deleted_at IS NULL)
	EXECUTE FUNCTION note_revocation('token_deleted', 'organization_id', 'id');
--> statement-breakpoint
-- By its columns, so that the writing of last uses, which names none of them, costs nothing.
CREATE TRIGGER note_token AFTER UPDATE OF kind, prefix, name, description, issuer_id, role_id, secret_hash, pepper_id, expires_at
	ON api_tokens FOR EACH ROW
	WHEN ((old.kind, old.prefix, old.name, old.description, old.issuer_id, old.role_id, old.secret_hash, old.pepper_id, old.expires_at)
		IS DISTINCT FROM (new.kind, new.prefix, new.name, new.description, new.issuer_id, new.role_id, new.secret_hash, new.pepper_id, new.expires_at))
	EXECUTE FUNCTION note_revocation('token', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_member AFTER UPDATE OF user_id, role_id, status ON members FOR EACH ROW
	WHEN ((old.user_id, old.role_id, old.status) IS DISTINCT FROM (new.user_id, new.role_id, new.status))
	EXECUTE FUNCTION note_revocation('member', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_member_gone AFTER DELETE ON members FOR EACH ROW
	EXECUTE FUNCTION note_revocation('member', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_group_member AFTER INSERT OR DELETE OR UPDATE ON group_members FOR EACH ROW
	EXECUTE FUNCTION note_revocation('member', 'organization_id', 'member_id');
--> statement-breakpoint
CREATE TRIGGER note_group AFTER UPDATE OF name ON groups FOR EACH ROW
	WHEN (old.name IS DISTINCT FROM new.name)
	EXECUTE FUNCTION note_revocation('group', 'organization_id', 'organization_id');
--> statement-breakpoint
CREATE TRIGGER note_group_gone AFTER DELETE ON groups FOR EACH ROW
	EXECUTE FUNCTION note_revocation('group', 'organization_id', 'organization_id');
--> statement-breakpoint
CREATE TRIGGER note_role AFTER UPDATE OF name, permissions ON roles FOR EACH ROW
	WHEN ((old.name, old.permissions) IS DISTINCT FROM (new.name, new.permissions))
	EXECUTE FUNCTION note_revocation('role', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_role_gone AFTER DELETE ON roles FOR EACH ROW
	EXECUTE FUNCTION note_revocation('role', 'organization_id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_policy AFTER UPDATE ON token_policies FOR EACH ROW
	WHEN (old.* IS DISTINCT FROM new.*)
	EXECUTE FUNCTION note_revocation('policy', 'organization_id', 'organization_id');
--> statement-breakpoint
CREATE TRIGGER note_organization AFTER UPDATE OF name, slug, plan, tokens_enabled, teams_enabled ON organizations FOR EACH ROW
	WHEN ((old.name, old.slug, old.plan, old.tokens_enabled, old.teams_enabled)
		IS DISTINCT FROM (new.name, new.slug, new.plan, new.tokens_enabled, new.teams_enabled))
	EXECUTE FUNCTION note_revocation('organization', 'id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_organization_gone AFTER DELETE ON organizations FOR EACH ROW
	EXECUTE FUNCTION note_revocation('organization', 'id', 'id');
--> statement-breakpoint
CREATE TRIGGER note_user AFTER UPDATE OF kind, name, email ON users FOR EACH ROW
	WHEN ((old.kind, old.name, old.email) IS DISTINCT FROM (new.kind, new.name, new.email))
	EXECUTE FUNCTION note_revocation('user', '', 'id');
