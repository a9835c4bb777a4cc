-- The hash chain over the audit.

CREATE OR REPLACE FUNCTION audit_text(p_entry audit) RETURNS bytea LANGUAGE sql STABLE AS $$
-- What is hashed of an entry: every column, none of which can run into the next.
SELECT convert_to(jsonb_build_array(p_entry.id, p_entry.actor, p_entry.action, p_entry.entity, p_entry.entity_id, p_entry.detail,
                                    extract(epoch FROM p_entry.at))::text, 'UTF8')
$$;

CREATE OR REPLACE FUNCTION seal_audit(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- Seals what is committed and unsealed in id order; one that commits late is sealed at the next turn. Only the elected clock calls it.
DECLARE before bytea; entry audit; sealed integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(7305261115);
  SELECT hash INTO before FROM seal ORDER BY id DESC LIMIT 1;
  FOR entry IN SELECT a.* FROM audit AS a WHERE NOT EXISTS (SELECT 1 FROM seal AS s WHERE s.audit_id = a.id) ORDER BY a.id LIMIT p_limit LOOP
    before := sha256(coalesce(before, ''::bytea) || audit_text(entry));
    INSERT INTO seal (audit_id, hash) VALUES (entry.id, before);
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

CREATE OR REPLACE FUNCTION broken_seals() RETURNS TABLE (id bigint) LANGUAGE plpgsql STABLE AS $$
-- Seals that do not follow from the seal before and their entry: a flip, a deletion, an insertion or a swap shows at the first of them.
DECLARE before bytea := ''; one record;
BEGIN
  FOR one IN SELECT s.id AS seal_id, s.hash, a AS entry, a.id AS found FROM seal AS s LEFT JOIN audit AS a ON a.id = s.audit_id ORDER BY s.id LOOP
    IF one.found IS NULL OR one.hash <> sha256(before || audit_text(one.entry)) THEN
      id := one.seal_id;
      RETURN NEXT;
    END IF;
    before := one.hash;
  END LOOP;
END $$;
