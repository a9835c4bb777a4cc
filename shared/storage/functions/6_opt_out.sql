-- Who opted out stays so when the lead proves to be several: nobody knows which of them it was.

CREATE OR REPLACE FUNCTION names_of(p_lead bigint) RETURNS TABLE (scope text, key_hash bytea) LANGUAGE plpgsql STABLE AS $$
-- The keyed hashes that name a lead and nobody else: its e-mails, and the person, or the company at its place; never the company everywhere, since one branch
-- does not speak for a chain. A lead that no list names by person or place is named by all its numbers.
BEGIN
  RETURN QUERY
  WITH own AS (
    SELECT DISTINCT h.scope, h.key_hash FROM membership AS m JOIN record_hash AS h USING (record_id)
    WHERE m.lead_id = p_lead AND m.closed_by IS NULL AND h.scope IN ('email', 'person', 'site'))
  SELECT own.scope, own.key_hash FROM own WHERE own.scope <> 'site' OR NOT EXISTS (SELECT 1 FROM own AS o WHERE o.scope = 'person')
  UNION ALL
  SELECT 'number', n.key_hash FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id
  WHERE ln.lead_id = p_lead AND NOT EXISTS (SELECT 1 FROM own WHERE own.scope <> 'email');
END $$;

CREATE OR REPLACE FUNCTION repeat_opt_outs(p_leads bigint[], p_since timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- After a parting: each of these leads is named by the opt-outs that stand of its own contacts, and by those that were said of all of them since p_since. A lead
-- that had a person while it was joined was named by the person; alone it may be named by its place.
DECLARE named record;
BEGIN
  FOR named IN
    SELECT missing.scope, missing.contact_id, missing.disposition, missing.person_id, array_agg(missing.key_hash) AS hashes
    FROM (SELECT DISTINCT ON (n.scope, n.key_hash) n.scope, n.key_hash, c.id AS contact_id, c.disposition, c.person_id
          FROM unnest(p_leads) AS l (id) CROSS JOIN unnest(p_leads) AS said (id)
          JOIN contact AS c ON c.lead_id = ANY (ARRAY(SELECT lead_tree(said.id))) AND (said.id = l.id OR c.at >= p_since)
          CROSS JOIN LATERAL names_of(l.id) AS n
          WHERE EXISTS (SELECT 1 FROM suppression AS s WHERE s.contact_id = c.id AND s.lifted_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM suppression AS s WHERE s.key_hash = n.key_hash AND s.scope = n.scope AND s.lifted_at IS NULL)
          ORDER BY n.scope, n.key_hash, c.id) AS missing
    GROUP BY missing.scope, missing.contact_id, missing.disposition, missing.person_id
  LOOP
    PERFORM add_suppressions(named.scope, named.hashes, named.disposition, 'contact', p_by => named.person_id, p_contact => named.contact_id);
  END LOOP;
END $$;
