-- Where the ready queue begins: entries that were handed out leave dead rows at its head, which nobody can remove while some old snapshot might see them.

CREATE OR REPLACE FUNCTION floor_of(p_pool bigint, p_window bigint, p_minded boolean, p_at timestamptz)
RETURNS TABLE (rank bigint, lead_id bigint) LANGUAGE sql STABLE ROWS 1 AS $$
-- The place from which on to look for the head of a queue; the least of all places where nothing is known, or floors are not minded.
SELECT coalesce(max(f.rank), '-9223372036854775808'::bigint), coalesce(max(f.lead_id), 0)
FROM queue_floor AS f WHERE p_minded AND f.pool_id = p_pool AND f.window_id = p_window AND f.known_until > p_at
$$;

CREATE OR REPLACE FUNCTION foresee_floors(p_limit integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Finds where each queue begins now, for some seconds. What comes before that meanwhile waits for the next turn, or until a claim finds nothing behind.
DECLARE at timestamptz := clock(); written integer;
BEGIN
  INSERT INTO queue_floor AS f (pool_id, window_id, rank, lead_id, known_until)
  SELECT p.id, w.id, q.rank, q.lead_id, at + interval '20 seconds' FROM pool AS p CROSS JOIN calling_window AS w
  CROSS JOIN LATERAL (SELECT q.rank, q.lead_id FROM queue_entry AS q WHERE q.pool_id = p.id AND q.window_id = w.id AND q.parked_until IS NULL
                      ORDER BY q.rank, q.lead_id LIMIT 1) AS q
  WHERE p.state = 'active' LIMIT p_limit
  ON CONFLICT (pool_id, window_id) DO UPDATE SET (rank, lead_id, known_until) = (excluded.rank, excluded.lead_id, excluded.known_until);
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;
