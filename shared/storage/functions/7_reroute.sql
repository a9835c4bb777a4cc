-- Free leads through the entry rules again.

CREATE OR REPLACE FUNCTION wanted_pools(p_pools bigint[], p_at timestamptz) RETURNS TABLE (lead_id bigint, pool_before bigint, pool_after bigint) LANGUAGE sql STABLE AS $$
-- Prospects that nobody holds, nobody was promised and that are kept for nobody, whose rules name another pool than the one they are in. p_pools null: of every pool.
SELECT l.id, l.pool_id, wanted.pool_id
FROM lead AS l
CROSS JOIN LATERAL (SELECT s.kind FROM membership AS m JOIN record AS r ON r.id = m.record_id JOIN source AS s ON s.id = r.source_id
                    WHERE m.lead_id = l.id AND m.closed_by IS NULL ORDER BY r.id LIMIT 1) AS source
CROSS JOIN LATERAL (SELECT pool_for(l.country, source.kind, l.fields, p_at) AS pool_id) AS wanted
WHERE l.state = 'active' AND l.relation = 'prospect' AND (p_pools IS NULL OR l.pool_id = ANY (p_pools)) AND wanted.pool_id <> l.pool_id
  AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = l.pool_id AND pool.reserved_from IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM assignment AS a WHERE a.lead_id = l.id AND a.state <> 'ended')
  AND NOT EXISTS (SELECT 1 FROM promise AS p WHERE p.lead_id = l.id AND p.state = 'open')
$$;

CREATE OR REPLACE FUNCTION move_pools(p_leads bigint[], p_pools bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Moves each lead that is still free to the pool beside it; gives those that moved. Who is just being handed out stays.
DECLARE moved bigint[];
BEGIN
  PERFORM 1 FROM lead WHERE id = ANY (p_leads) ORDER BY id FOR NO KEY UPDATE;
  WITH done AS (
    UPDATE lead AS l SET pool_id = w.pool_id, changed_at = clock()
    FROM unnest(p_leads, p_pools) AS w (lead_id, pool_id)
    WHERE l.id = w.lead_id AND l.state = 'active' AND l.pool_id <> w.pool_id
      AND NOT EXISTS (SELECT 1 FROM assignment AS a WHERE a.lead_id = l.id AND a.state <> 'ended')
      AND NOT EXISTS (SELECT 1 FROM promise AS p WHERE p.lead_id = l.id AND p.state = 'open')
    RETURNING l.id)
  SELECT array_agg(id) INTO moved FROM done;
  PERFORM refresh_queue(coalesce(moved, '{}'));
  RETURN coalesce(moved, '{}');
END $$;
