-- Whether a secret that waits may still take its place. Whoever asked for it holds it, so it waits no longer than they may
-- rotate the token: see `docs/decisions/rotation.md`. A token's own issuer may while it works at all.
CREATE FUNCTION waiting_secret_stands(token api_tokens) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT token.pending_hash IS NOT NULL AND token.pending_at > now() - interval '30 days' AND EXISTS (
		SELECT FROM members asker
		JOIN roles held ON held.organization_id = asker.organization_id AND held.id = asker.role_id
		JOIN organizations home ON home.id = asker.organization_id
		JOIN token_policies policy ON policy.organization_id = asker.organization_id
		JOIN members issuer ON issuer.organization_id = asker.organization_id AND issuer.id = token.issuer_id
		JOIN roles behind ON behind.organization_id = issuer.organization_id AND behind.id = issuer.role_id
		LEFT JOIN roles own ON own.organization_id = token.organization_id AND own.id = token.role_id
		CROSS JOIN LATERAL (SELECT 'organization:manage' = ANY (held.permissions) AS administers) asks
		WHERE asker.organization_id = token.organization_id AND asker.id = token.pending_by AND asker.status = 'active' AND (
			asker.id = issuer.id OR (
				-- It is theirs to manage,
				(
					issuer.owner_member_id = asker.id
					OR EXISTS (
						SELECT FROM group_members administered
						WHERE administered.organization_id = asker.organization_id AND administered.group_id = issuer.owner_group_id
							AND administered.member_id = asker.id AND administered.is_administrator
					)
					OR CASE policy.visibility
						WHEN 'administrators' THEN administers
						WHEN 'permitted' THEN 'tokens:oversee' = ANY (held.permissions)
						ELSE administers AND token.kind = 'svc' AND issuer.owner_member_id IS NULL AND issuer.owner_group_id IS NULL
					END AND (administers OR (token.role_id IS NOT NULL AND 'tokens:manage' = ANY (held.permissions)))
				)
				-- and it may do and see nothing that they may not.
				AND held.permissions @> ARRAY (
					SELECT unnest(behind.permissions) INTERSECT SELECT unnest(coalesce(own.permissions, behind.permissions))
				)
				AND (NOT home.teams_enabled OR administers OR NOT (
					'organization:manage' = ANY (behind.permissions)
					OR EXISTS (
						SELECT FROM group_members further
						WHERE further.organization_id = issuer.organization_id AND further.member_id = issuer.id AND NOT EXISTS (
							SELECT FROM group_members shared
							WHERE shared.organization_id = further.organization_id AND shared.group_id = further.group_id
								AND shared.member_id = asker.id
						)
					)
				))
			)
		)
	)
$$;
