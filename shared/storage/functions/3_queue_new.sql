-- Entries of many leads at once, which are new and so have no history of their own.

CREATE OR REPLACE FUNCTION enqueue_new_leads(p_leads bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- The same entries that refresh_queue() would write, in one set: 10 us a lead instead of 100. Leads whose site or number is booked take its way.
-- OFFSET 0 keeps what is asked of each lead a question of that lead: joined as sets, each new lead met every record of the base.
DECLARE at timestamptz := clock(); booked bigint[];
BEGIN
  booked := ARRAY(
    SELECT l.id FROM booking AS b JOIN lead AS l ON l.site_id = b.subject_id
    WHERE b.subject_kind = 'site' AND upper(b.period) > at AND l.id = ANY (p_leads)
    UNION
    SELECT ln.lead_id FROM booking AS b JOIN lead_number AS ln ON ln.number_id = b.subject_id
    WHERE b.subject_kind = 'number' AND upper(b.period) > at AND ln.lead_id = ANY (p_leads));
  INSERT INTO queue_entry (lead_id, pool_id, window_id, rank)
  SELECT l.id, l.pool_id, l.window_id,
    CASE WHEN (SELECT EXISTS (SELECT 1 FROM score)) THEN queue_place(l.id, l.rank, l.fields, l.created_at, NULL) ELSE queue_rank(l.rank, l.created_at) + mix_s(l.id) END
  FROM unnest(p_leads) AS own (id)
  JOIN lead AS l ON l.id = own.id AND l.state = 'active' AND l.window_id IS NOT NULL AND l.restricted_at IS NULL
  JOIN country AS c ON c.code = l.country AND c.may_call AND c.may_store
  JOIN pool AS p ON p.id = l.pool_id AND p.state <> 'ended'
  WHERE l.id <> ALL (booked) AND (l.relation = 'prospect' OR coalesce(p.duty, 'hunter') <> 'hunter')
    AND (l.relation, l.rank) IS DISTINCT FROM ('customer', 'E')
    AND EXISTS (SELECT 1 FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id AND n.callable WHERE ln.lead_id = l.id AND ln.kind <> 'fax' OFFSET 0)
    AND EXISTS (SELECT 1 FROM membership AS m JOIN record AS r ON r.id = m.record_id
                JOIN upload AS u ON u.id = r.upload_id JOIN source AS s ON s.id = u.source_id
                WHERE m.lead_id = l.id AND m.closed_by IS NULL
                  AND u.circulation = 'active' AND u.state NOT IN ('failed', 'withdrawn') AND NOT u.dry_run AND s.circulation = 'active' OFFSET 0)
    AND NOT EXISTS (SELECT 1 FROM membership AS m JOIN record_hash AS h ON h.record_id = m.record_id JOIN suppression AS s USING (key_hash)
                    WHERE m.lead_id = l.id AND m.closed_by IS NULL AND s.scope = h.scope AND s.lifted_at IS NULL
                      AND (s.expires_at IS NULL OR s.expires_at > at))
  ORDER BY l.id;
  PERFORM refresh_queue(booked) WHERE cardinality(booked) > 0;
END $$;
