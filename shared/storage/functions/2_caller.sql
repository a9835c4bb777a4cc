-- Who calls.

CREATE OR REPLACE FUNCTION find_caller(p_token bigint) RETURNS TABLE (secret_hash bytea, scopes text[], person_id bigint, role text, team_id bigint, name text)
LANGUAGE sql STABLE ROWS 1 AS $$
-- Whom a token stands for, while it is neither revoked nor past its time and its person has not left. The asker compares the hash.
SELECT token.secret_hash, token.scopes, person.id, person.role, person.team_id, person.name
FROM leadmill.token JOIN leadmill.person ON person.id = token.person_id
WHERE token.id = p_token AND token.revoked_at IS NULL AND person.state <> 'left' AND (token.expires_at IS NULL OR token.expires_at > leadmill.clock())
$$;
