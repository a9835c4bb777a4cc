-- What rules of a pool would do today: for a dry run of a policy.

CREATE OR REPLACE FUNCTION policy_effect(p_pool bigint, p_rules jsonb, p_at timestamptz,
  OUT waiting bigint, OUT parked bigint, OUT open_now bigint, OUT reps bigint, OUT reps_at_cap bigint, OUT reps_at_norm bigint) LANGUAGE plpgsql STABLE AS $$
-- Leads that wait, those that are parked for a time, and those that wait in open hours; reps on duty, and those who could not have another lead, for their cap or a hard norm.
#variable_conflict use_column
BEGIN
  SELECT coalesce(sum(w.n), 0), coalesce(sum(w.n) FILTER (WHERE p_rules -> 'calling_hours' = 'null'::jsonb OR window_open(cw.country, cw.zones, p_at)), 0)
  INTO waiting, open_now
  FROM (SELECT q.window_id, count(*) AS n FROM queue_entry AS q WHERE q.pool_id = p_pool AND q.parked_until IS NULL GROUP BY q.window_id) AS w
  JOIN calling_window AS cw ON cw.id = w.window_id;
  SELECT count(*) INTO parked FROM queue_entry AS q WHERE q.pool_id = p_pool AND q.parked_until > p_at;
  SELECT count(*), count(*) FILTER (WHERE held.n >= (p_rules ->> 'open_cap')::int OR full_class(p.id, p_rules, p_at) IS NOT NULL),
         count(*) FILTER (WHERE (p_rules #>> '{daily_norm,hard}')::boolean AND done.n >= (p_rules #>> '{daily_norm,maximum}')::int)
  INTO reps, reps_at_cap, reps_at_norm
  FROM pool_person AS pp JOIN person AS p ON p.id = pp.person_id AND p.state = 'active'
  CROSS JOIN LATERAL (SELECT count(*) AS n FROM assignment AS a
                      WHERE a.person_id = p.id AND a.state <> 'ended' AND a.expires_at > p_at AND a.promise_id IS NULL) AS held
  CROSS JOIN LATERAL (SELECT coalesce((SELECT d.count FROM day_count AS d WHERE d.subject_kind = 'person' AND d.subject_id = p.id AND d.kind = 'claims'
                                       AND d.day = (p_at AT TIME ZONE zone_of(p.id))::date), 0) AS n) AS done
  WHERE pp.pool_id = p_pool;
END $$;
