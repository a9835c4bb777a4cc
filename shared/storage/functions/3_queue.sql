-- The ready queue. refresh_queue() alone writes it; verify compares it with wanted_entries() over the whole base.

CREATE OR REPLACE FUNCTION lead_tree(p_lead bigint) RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 2 AS $$
-- A lead and all that were merged into it: history keeps the lead it was written with. ROWS: the usual thousand would scan whole ledgers.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH RECURSIVE tree AS (
    SELECT p_lead AS id UNION SELECT lead.id FROM lead JOIN tree ON lead.merged_into = tree.id
  ) SELECT id FROM tree;
END $$;

CREATE OR REPLACE FUNCTION top_lead(p_lead bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- The lead that a lead has become through merges; itself when it was never merged.
BEGIN
  RETURN (
  WITH RECURSIVE up AS (
    SELECT id, merged_into FROM lead WHERE id = p_lead UNION ALL SELECT l.id, l.merged_into FROM lead AS l JOIN up ON l.id = up.merged_into
  ) SELECT id FROM up WHERE merged_into IS NULL
  );
END $$;

CREATE OR REPLACE FUNCTION records_of(p_tree bigint[]) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
-- All records that ever were these leads': those that were parted from them belong to somebody else.
SELECT DISTINCT m.record_id FROM membership AS m WHERE m.lead_id = ANY (p_tree)
  AND NOT EXISTS (SELECT 1 FROM membership AS now WHERE now.record_id = m.record_id AND now.closed_by IS NULL AND now.lead_id <> ALL (p_tree))
$$;

CREATE OR REPLACE FUNCTION booked_until(p_kind text, p_id bigint, p_at timestamptz) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
-- When a subject is free again: the end of what stands behind one another from now on; null when it is free.
BEGIN
  RETURN (
  SELECT max(upper(period)) FROM booking WHERE subject_kind = p_kind AND subject_id = p_id AND upper(period) > p_at
  );
END $$;

CREATE OR REPLACE FUNCTION suppressions_of(p_lead bigint, p_at timestamptz) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 1 AS $$
-- What suppresses a lead by e-mail, domain, company or person; numbers carry their own flag. In SQL, as the next: it melts into the statement that asks.
SELECT s.id FROM suppression AS s  -- a hash is of its scope too: two scopes never share one
WHERE s.key_hash = ANY (ARRAY(SELECT h.key_hash FROM membership AS m JOIN record_hash AS h ON h.record_id = m.record_id
                              WHERE m.lead_id = p_lead AND m.closed_by IS NULL))
  AND s.lifted_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > p_at)
$$;

CREATE OR REPLACE FUNCTION lists_of(p_lead bigint) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 1 AS $$
-- The uploads that keep a lead in circulation: those of its records that are active, and whose sources are.
SELECT u.id FROM membership AS m JOIN record AS r ON r.id = m.record_id
JOIN upload AS u ON u.id = r.upload_id JOIN source AS s ON s.id = u.source_id
WHERE m.lead_id = p_lead AND m.closed_by IS NULL
  AND u.circulation = 'active' AND u.state NOT IN ('failed', 'withdrawn') AND NOT u.dry_run AND s.circulation = 'active'
$$;

CREATE OR REPLACE FUNCTION is_suppressed(p_lead bigint, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM suppressions_of(p_lead, p_at));
END $$;

CREATE OR REPLACE FUNCTION in_circulation(p_lead bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM lists_of(p_lead));
END $$;

CREATE OR REPLACE FUNCTION queue_rank(p_rank text, p_since timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
-- Lower is served first: since when a lead waits to be called, and by how many days a lower rank lets a higher one pass. It never changes while the lead
-- waits, and what comes later or was called meanwhile stands ever further back: nothing starves. An unknown rank is the middle.
SELECT extract(epoch FROM p_since)::bigint + CASE p_rank WHEN 'A' THEN 0 WHEN 'B' THEN 5 WHEN 'D' THEN 20 WHEN 'E' THEN 40 ELSE 10 END * 86400
$$;

CREATE OR REPLACE FUNCTION wanted_entries(p_leads bigint[], p_at timestamptz)
RETURNS TABLE (lead_id bigint, pool_id bigint, window_id bigint, rank bigint, parked_until timestamptz, parked_for text) LANGUAGE plpgsql STABLE AS $$
-- What the queue should hold for these leads. No row: nothing that time alone would cure bars the lead.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT l.id, l.pool_id, l.window_id,
         queue_place(l.id, l.rank, l.fields, l.created_at, (SELECT max(ct.at) FROM contact AS ct WHERE ct.lead_id = l.id))
         - CASE WHEN EXISTS (SELECT 1 FROM request AS rq WHERE rq.lead_id = l.id AND rq.state = 'open') THEN 10000000000000 ELSE 0 END,
         bar.until, bar.why
  FROM lead AS l
  JOIN country AS c ON c.code = l.country AND c.may_call AND c.may_store
  JOIN pool AS p ON p.id = l.pool_id AND p.state <> 'ended'
  JOIN LATERAL (
    SELECT bool_or(free.at IS NULL) AS any_free, min(free.at) AS first_free
    FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id AND n.callable
    CROSS JOIN LATERAL (SELECT booked_until('number', n.id, p_at) AS at) AS free
    WHERE ln.lead_id = l.id AND ln.kind <> 'fax'
    HAVING count(*) > 0
  ) AS numbers ON true
  LEFT JOIN LATERAL (
    SELECT until, why FROM (VALUES
      (booked_until('lead', l.id, p_at), 'lead'),
      (CASE WHEN l.site_id IS NOT NULL THEN booked_until('site', l.site_id, p_at) END, 'site'),
      (CASE WHEN NOT numbers.any_free THEN numbers.first_free END, 'numbers'),
      ((SELECT max(pr.until) FROM product_rest AS pr WHERE pr.lead_id = ANY (ARRAY(SELECT lead_tree(l.id))) AND pr.until > p_at AND pr.product_id IS NOT DISTINCT FROM p.product_id
          AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = pr.contact_id)), 'product')
    ) AS bars (until, why) WHERE until IS NOT NULL ORDER BY until DESC, why LIMIT 1
  ) AS bar ON true
  WHERE l.id = ANY (p_leads)
    AND l.state = 'active' AND l.window_id IS NOT NULL AND l.restricted_at IS NULL
    AND (l.relation = 'prospect' OR coalesce(p.duty, 'hunter') <> 'hunter') AND (l.relation, l.rank) IS DISTINCT FROM ('customer', 'E')
    AND EXISTS (SELECT 1 FROM lists_of(l.id)) AND NOT EXISTS (SELECT 1 FROM suppressions_of(l.id, p_at));
END $$;

CREATE OR REPLACE FUNCTION refresh_queue(p_leads bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- Brings the entries of these leads up to date; whatever changes a lead calls it. Locks entries in the order of leads.
DECLARE at timestamptz;
BEGIN
  PERFORM 1 FROM queue_entry WHERE lead_id = ANY (p_leads) ORDER BY lead_id FOR UPDATE;
  at := clock();
  WITH wanted AS MATERIALIZED (SELECT * FROM wanted_entries(p_leads, at)),
  gone AS (DELETE FROM queue_entry AS q WHERE q.lead_id = ANY (p_leads) AND NOT EXISTS (SELECT 1 FROM wanted WHERE wanted.lead_id = q.lead_id))
  INSERT INTO queue_entry AS q (lead_id, pool_id, window_id, rank, parked_until, parked_for)
  SELECT * FROM wanted ORDER BY lead_id
  ON CONFLICT (lead_id) DO UPDATE
    SET (pool_id, window_id, rank, parked_until, parked_for) = (excluded.pool_id, excluded.window_id, excluded.rank, excluded.parked_until, excluded.parked_for)
    WHERE (q.pool_id, q.window_id, q.rank, q.parked_until, q.parked_for)
      IS DISTINCT FROM (excluded.pool_id, excluded.window_id, excluded.rank, excluded.parked_until, excluded.parked_for);
END $$;

CREATE OR REPLACE FUNCTION wake_due(p_limit integer, p_pools bigint[] DEFAULT NULL) RETURNS integer LANGUAGE plpgsql AS $$
-- Looks again at entries whose bar has run out, of all pools or of some. Entries that another transaction holds are being looked at already.
DECLARE due bigint[];
BEGIN
  SELECT array_agg(lead_id) INTO due FROM
    (SELECT lead_id FROM queue_entry WHERE parked_until <= clock() AND (p_pools IS NULL OR pool_id = ANY (p_pools))
     ORDER BY parked_until LIMIT p_limit FOR UPDATE SKIP LOCKED) AS q;
  IF due IS NULL THEN RETURN 0; END IF;
  PERFORM refresh_queue(due);
  RETURN cardinality(due);
END $$;

CREATE OR REPLACE FUNCTION rank_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Who asks stands at the front of the queue until somebody has answered.
BEGIN
  PERFORM refresh_queue(ARRAY[NEW.lead_id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER request_rank AFTER INSERT OR UPDATE OF state ON request FOR EACH ROW EXECUTE FUNCTION rank_request();
