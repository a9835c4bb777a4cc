-- What a pool has to give, and why a rep's queue is empty.

CREATE OR REPLACE FUNCTION pool_stock(p_pool bigint, p_days integer, p_at timestamptz) RETURNS TABLE (day date, leads bigint) LANGUAGE sql STABLE AS $$
-- Leads of a pool by the day (UTC) on which they may be handed out again; null: they wait already. Countries without a live pack are not counted.
SELECT (q.parked_until AT TIME ZONE 'UTC')::date, count(*) FROM queue_entry AS q JOIN calling_window AS w ON w.id = q.window_id
CROSS JOIN LATERAL policy_of(q.pool_id, p_at) AS policy
WHERE q.pool_id = p_pool AND (q.parked_until IS NULL OR q.parked_until < p_at + make_interval(days => p_days))
  AND (policy.rules -> 'calling_hours' = 'null'::jsonb OR EXISTS (SELECT 1 FROM rule_pack AS r WHERE r.country = w.country
       AND r.valid_from <= (p_at AT TIME ZONE 'UTC')::date AND r.valid_until > (p_at AT TIME ZONE 'UTC')::date))
GROUP BY 1
$$;

CREATE OR REPLACE FUNCTION pool_capacity(p_pool bigint, p_at timestamptz, OUT reps bigint, OUT calls_a_day bigint, OUT weekdays int[]) LANGUAGE plpgsql STABLE AS $$
-- Reps on duty, and the first calls they are expected to make in a day: the norm's minimum, shared by the pools that serve each of them.
DECLARE rules jsonb := (SELECT policy.rules FROM policy_of(p_pool, p_at) AS policy);
BEGIN
  SELECT count(*), coalesce(sum(coalesce((rules #>> '{daily_norm,minimum}')::numeric, 70) /
           (SELECT count(*) FROM pool_person AS other JOIN pool ON pool.id = other.pool_id AND pool.state = 'active' WHERE other.person_id = p.id)), 0)::bigint
  INTO reps, calls_a_day
  FROM pool_person AS pp JOIN pool ON pool.id = pp.pool_id AND pool.state = 'active' JOIN person AS p ON p.id = pp.person_id AND p.state = 'active'
  WHERE pp.pool_id = p_pool;
  weekdays := coalesce(ARRAY(SELECT jsonb_array_elements_text(rules #> '{working_hours,weekdays}')::int), '{}');
  IF weekdays = '{}' THEN weekdays := '{1,2,3,4,5,6,7}'; END IF;
END $$;

CREATE OR REPLACE FUNCTION why_empty(p_person bigint, p_at timestamptz)
RETURNS TABLE (pool_id bigint, name text, state text, held bigint, open_cap integer, full_class text, unfinished boolean, claims bigint, norm integer, waiting bigint, open_now bigint,
               barred bigint, shut text, opens_at timestamptz, parked bigint, wakes_at timestamptz) LANGUAGE sql STABLE AS $$
-- Every pool that serves a person: what it holds ready and parked, how much of that is lawful now, and what keeps this person from it.
SELECT p.id, p.name, p.state,
  (SELECT count(*) FROM assignment AS a WHERE a.person_id = p_person AND a.state <> 'ended' AND a.expires_at > p_at AND a.promise_id IS NULL),
  (policy.rules ->> 'open_cap')::int,
  full_class(p_person, policy.rules, p_at), has_unfinished(p_person, p.id, policy.rules, p_at),
  coalesce((SELECT d.count FROM day_count AS d WHERE d.subject_kind = 'person' AND d.subject_id = p_person AND d.kind = 'claims'
            AND d.day = (p_at AT TIME ZONE zone_of(p_person))::date), 0),
  CASE WHEN (policy.rules #>> '{daily_norm,hard}')::boolean THEN (policy.rules #>> '{daily_norm,maximum}')::int END,
  stock.waiting, stock.open_now,
  (SELECT count(*) FROM rep_bar AS b JOIN queue_entry AS q ON q.lead_id = b.lead_id AND q.pool_id = p.id AND q.parked_until IS NULL
   WHERE b.person_id = p_person AND b.until > p_at),
  stock.shut, stock.opens_at,
  (SELECT count(*) FROM queue_entry AS q WHERE q.pool_id = p.id AND q.parked_until IS NOT NULL),
  (SELECT min(q.parked_until) FROM queue_entry AS q WHERE q.pool_id = p.id AND q.parked_until > p_at)
FROM pool_person AS pp JOIN pool AS p ON p.id = pp.pool_id
CROSS JOIN LATERAL policy_of(p.id, p_at) AS policy
CROSS JOIN LATERAL (
  SELECT coalesce(sum(w.n), 0)::bigint AS waiting, coalesce(sum(w.n) FILTER (WHERE w.bar IS NULL), 0)::bigint AS open_now,
         mode() WITHIN GROUP (ORDER BY w.bar) AS shut, min(w.opens) AS opens_at
  FROM (SELECT count(*) AS n,
               CASE WHEN policy.rules -> 'calling_hours' <> 'null'::jsonb THEN window_bar(cw.country, cw.zones, p_at) END AS bar,
               CASE WHEN policy.rules -> 'calling_hours' <> 'null'::jsonb THEN window_opens_at(cw.country, cw.zones, p_at) END AS opens
        FROM queue_entry AS q JOIN calling_window AS cw ON cw.id = q.window_id
        WHERE q.pool_id = p.id AND q.parked_until IS NULL GROUP BY cw.id, cw.country, cw.zones) AS w) AS stock
WHERE pp.person_id = p_person ORDER BY p.id
$$;
