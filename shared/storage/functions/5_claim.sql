-- The claim. take_lead() hands out one given lead; claim_next() finds the lead. One transaction, no scan that grows with the base.
--
-- Why it looks like this:
--   * The head of the queue is read without a lock, then locked with SKIP LOCKED: reps who come at once get neighbours, not a queue of waiters.
--   * Locks come before checks: inserting first and failing on the constraint gave a tenth of the claims and deadlocks (design.md 3.1).
--   * A claim never waits for a site, lead or number: what somebody else holds is passed over, so that it cannot deadlock with those who wait.
--   * clock() is read after the locks, once: every bound of the assignment and its bookings comes from it.
--   * The exclusion constraint booking_one_holder is the last line, not the mechanism.

CREATE OR REPLACE FUNCTION lock_lead_or_skip(p_lead bigint) RETURNS boolean LANGUAGE plpgsql AS $$
-- As lock_lead(), but false at once when somebody holds any of them.
DECLARE site bigint; locked integer;
BEGIN
  SELECT site_id INTO site FROM lead WHERE id = p_lead;
  IF site IS NOT NULL THEN
    PERFORM 1 FROM site AS s WHERE s.id = site FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN false; END IF;
  END IF;
  PERFORM 1 FROM lead WHERE id = p_lead FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM 1 FROM number WHERE id = ANY (ARRAY(SELECT number_id FROM lead_number WHERE lead_id = p_lead)) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED;
  GET DIAGNOSTICS locked = ROW_COUNT;
  RETURN locked = (SELECT count(*) FROM lead_number WHERE lead_id = p_lead);
END $$;

CREATE OR REPLACE FUNCTION expire_standing(p_lead bigint, p_site bigint, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Whoever meets a lapsed assignment expires it, by the same move as the sweep.
DECLARE lapsed bigint;
BEGIN
  FOR lapsed IN SELECT id FROM assignment WHERE state <> 'ended' AND (lead_id = p_lead OR site_id = p_site)
                AND greatest(expires_at, call_until) <= p_at ORDER BY id LOOP
    PERFORM end_assignment(lapsed, 'expired', p_at);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION free_numbers(p_lead bigint, p_past_rest boolean, p_at timestamptz) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- Callable numbers of a lead that nobody books; a promise or a shared line's visit passes their rest, never another's hold.
BEGIN
  RETURN (
  SELECT array_agg(n.id ORDER BY ln.position, n.id)
  FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id AND n.callable
  WHERE ln.lead_id = p_lead AND ln.kind <> 'fax'
    AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.subject_kind = 'number' AND b.subject_id = n.id AND upper(b.period) > p_at
                    AND (b.kind = 'assignment' OR NOT p_past_rest))
  );
END $$;

CREATE OR REPLACE FUNCTION bar_of(p_lead lead, p_past_rest boolean, p_at timestamptz) RETURNS text LANGUAGE plpgsql STABLE AS $$
-- What bars a lead from being handed out now, read under its locks; null: nothing. Law and suppression bar promises too.
BEGIN
  RETURN (
  SELECT CASE
    WHEN p_lead.state <> 'active' OR p_lead.restricted_at IS NOT NULL THEN 'not_active'
    WHEN NOT EXISTS (SELECT 1 FROM country WHERE code = p_lead.country AND may_call AND may_store) THEN 'country_not_enabled'
    WHEN is_suppressed(p_lead.id, p_at) THEN 'suppressed'
    WHEN EXISTS (SELECT 1 FROM booking WHERE upper(period) > p_at AND kind = 'assignment'
                 AND (subject_kind, subject_id) IN (('lead', p_lead.id), ('site', p_lead.site_id))) THEN 'held'
    WHEN NOT p_past_rest AND EXISTS (SELECT 1 FROM booking WHERE upper(period) > p_at
                 AND (subject_kind, subject_id) IN (('lead', p_lead.id), ('site', p_lead.site_id))) THEN 'resting'
    WHEN NOT p_past_rest AND NOT in_circulation(p_lead.id) THEN 'not_in_circulation'
  END
  );
END $$;

DROP FUNCTION IF EXISTS take_lead(bigint, bigint, bigint, bigint, bigint, boolean);
CREATE OR REPLACE FUNCTION take_lead(p_lead bigint, p_person bigint, p_pool bigint, p_promise bigint, p_given_by bigint, p_wait boolean,
                                     p_late boolean DEFAULT false, OUT assignment_id bigint, OUT refused text) LANGUAGE plpgsql AS $$
-- Hands one lead to one person, or says why not. The person's row is locked by the caller. p_promise: the promise that lets the claim pass a rest;
-- p_wait: wait for the lead's locks (a lead chosen by a person) instead of passing it over; p_late: a late contact was made, so the rest that it or
-- an earlier one left does not bar the rep who made it.
DECLARE
  past_rest boolean := p_late OR p_promise IS NOT NULL;
  zone text := zone_of(p_person);
  mine lead; at timestamptz; numbers bigint[]; rules jsonb; policy bigint; expires timestamptz; fenced bigint; siblings bigint[] := '{}';
BEGIN
  IF p_wait THEN PERFORM lock_lead(p_lead);
  ELSIF NOT lock_lead_or_skip(p_lead) THEN refused := 'busy'; RETURN;
  END IF;
  at := clock();
  SELECT * INTO mine FROM lead WHERE id = p_lead;
  PERFORM expire_standing(p_lead, mine.site_id, at);
  refused := bar_of(mine, past_rest, at);
  IF refused IS NOT NULL THEN RETURN; END IF;
  numbers := free_numbers(p_lead, past_rest, at);
  IF numbers IS NULL THEN refused := 'no_free_number'; RETURN; END IF;

  SELECT p.policy_id, p.rules INTO policy, rules FROM policy_of(p_pool, at) AS p;
  expires := add_working_minutes(at, (rules ->> 'offered_minutes')::int, rules -> 'working_hours', zone);
  UPDATE lead SET fence = fence + 1 WHERE id = p_lead RETURNING fence INTO fenced;
  INSERT INTO assignment (lead_id, site_id, person_id, pool_id, policy_id, promise_id, fence, offered_at, expires_at, given_by)
    VALUES (p_lead, mine.site_id, p_person, p_pool, policy, p_promise, fenced, at, expires, p_given_by) RETURNING id INTO assignment_id;
  IF past_rest THEN PERFORM move_tails(mine.site_id, p_lead, numbers, at, expires + interval '15 minutes'); END IF;
  PERFORM add_holds(assignment_id, mine.site_id, p_lead, numbers, at, expires + interval '15 minutes');
  INSERT INTO day_count AS d (subject_kind, subject_id, kind, day, count)
    VALUES ('person', p_person, 'claims', (at AT TIME ZONE zone)::date, 1)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1;
  IF NOT past_rest THEN
    PERFORM park_taken(p_lead, expires + interval '15 minutes');
  ELSE
    siblings := ARRAY[p_lead];
  END IF;
  siblings := siblings || ARRAY(SELECT id FROM lead WHERE site_id = mine.site_id AND id <> p_lead
                                UNION SELECT lead_id FROM lead_number WHERE number_id = ANY (numbers) AND lead_id <> p_lead);
  IF siblings <> '{}' THEN PERFORM refresh_queue(siblings); END IF;
END $$;

CREATE OR REPLACE FUNCTION open_pools(p_person bigint, p_at timestamptz) RETURNS TABLE (pool_id bigint, any_hour boolean) LANGUAGE plpgsql STABLE AS $$
-- The pools that may serve this person now: below the cap of leads in work and below a hard norm.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT p.id, rules -> 'calling_hours' = 'null'::jsonb
  FROM pool_person AS pp JOIN pool AS p ON p.id = pp.pool_id AND p.state = 'active'
  CROSS JOIN LATERAL policy_of(p.id, p_at)
  WHERE pp.person_id = p_person
    AND coalesce((rules ->> 'open_cap')::int > (SELECT count(*) FROM assignment WHERE person_id = p_person AND state <> 'ended' AND expires_at > p_at AND promise_id IS NULL), true)
    AND NOT coalesce((rules #>> '{daily_norm,hard}')::boolean AND (rules #>> '{daily_norm,maximum}')::int <=
          (SELECT count FROM day_count WHERE subject_kind = 'person' AND subject_id = p_person AND kind = 'claims' AND day = (p_at AT TIME ZONE zone_of(p_person))::date), false);
END $$;

CREATE OR REPLACE FUNCTION claim_promise(p_person bigint, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
-- A due promise of this person, or of one of their pools, the oldest first: before caps, before the queue. Null: none can be kept now.
DECLARE due record; taken record;
BEGIN
  FOR due IN
    SELECT pr.id, l.id AS lead_id, coalesce(pr.pool_id, l.pool_id) AS pool_id
    FROM promise AS pr
    JOIN lead AS l ON l.id = top_lead(pr.lead_id)
    JOIN calling_window AS w ON w.id = l.window_id
    WHERE pr.id IN (SELECT id FROM promise WHERE person_id = p_person AND state = 'open' AND due_at <= p_at AND grace_until > p_at
                    UNION ALL SELECT id FROM promise WHERE person_id IS NULL AND state = 'open' AND due_at <= p_at AND grace_until > p_at
                      AND pool_id IN (SELECT pool_id FROM pool_person WHERE person_id = p_person))
      AND ((SELECT rules FROM policy_of(coalesce(pr.pool_id, l.pool_id), p_at)) -> 'calling_hours' = 'null'::jsonb OR window_open(w.country, w.zones, p_at))
    ORDER BY pr.due_at, pr.id LIMIT 20
  LOOP
    SELECT * INTO taken FROM take_lead(due.lead_id, p_person, due.pool_id, due.id, NULL, false);
    IF taken.assignment_id IS NOT NULL THEN RETURN taken.assignment_id; END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claim_head(p_person bigint, p_skip bigint[], p_at timestamptz, OUT lead_id bigint, OUT pool_id bigint) LANGUAGE plpgsql AS $$
-- The best entry among the windows open now, locked. Only what depends on the rep is filtered here.
DECLARE head record;
BEGIN
  FOR head IN
    SELECT o.pool_id, w.id AS window_id
    FROM open_pools(p_person, p_at) AS o CROSS JOIN calling_window AS w JOIN country AS c ON c.code = w.country AND c.may_call
    CROSS JOIN LATERAL (SELECT q.rank FROM queue_entry AS q WHERE q.pool_id = o.pool_id AND q.window_id = w.id AND q.parked_until IS NULL
                        ORDER BY q.rank, q.lead_id LIMIT 1) AS first
    WHERE o.any_hour OR window_open(w.country, w.zones, p_at)
    ORDER BY first.rank
  LOOP
    SELECT q.lead_id, q.pool_id INTO lead_id, pool_id FROM queue_entry AS q
    WHERE q.pool_id = head.pool_id AND q.window_id = head.window_id AND q.parked_until IS NULL
      AND q.lead_id <> ALL (p_skip)
      AND NOT EXISTS (SELECT 1 FROM rep_bar AS b WHERE b.lead_id = q.lead_id AND b.person_id = p_person AND b.until > p_at)
    ORDER BY q.rank, q.lead_id LIMIT 1 FOR UPDATE OF q SKIP LOCKED;
    IF lead_id IS NOT NULL THEN RETURN; END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION claim_next(p_person bigint, OUT assignment_id bigint, OUT reason text, OUT retry_at timestamptz) LANGUAGE plpgsql AS $$
-- One lead for this person, or why there is none and when to ask again.
DECLARE at timestamptz; head record; taken record; woken boolean := false; skip bigint[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM person WHERE id = p_person AND state = 'active' FOR NO KEY UPDATE) THEN reason := 'not_on_duty'; RETURN; END IF;
  PERFORM set_config('leadmill.actor', p_person::text, true);
  at := clock();
  assignment_id := claim_promise(p_person, at);
  IF assignment_id IS NOT NULL THEN RETURN; END IF;
  FOR try IN 1 .. 40 LOOP
    SELECT * INTO head FROM claim_head(p_person, skip, clock());
    IF head.lead_id IS NULL THEN
      EXIT WHEN woken OR wake_due(200) = 0;
      woken := true;
      CONTINUE;
    END IF;
    SELECT * INTO taken FROM take_lead(head.lead_id, p_person, head.pool_id, NULL, NULL, false);
    assignment_id := taken.assignment_id;
    IF assignment_id IS NOT NULL THEN RETURN; END IF;
    skip := skip || head.lead_id;
    IF taken.refused <> 'busy' THEN PERFORM refresh_queue(ARRAY[head.lead_id]); END IF;
  END LOOP;
  reason := CASE
    WHEN NOT EXISTS (SELECT 1 FROM pool_person WHERE person_id = p_person) THEN 'no_pool'
    WHEN NOT EXISTS (SELECT 1 FROM open_pools(p_person, at)) THEN 'cap_reached'
    WHEN EXISTS (SELECT 1 FROM open_pools(p_person, at) AS o JOIN queue_entry AS q USING (pool_id) WHERE q.parked_until IS NULL) THEN 'closed_hours'
    ELSE 'queue_empty' END;
  retry_at := coalesce((SELECT min(q.parked_until) FROM open_pools(p_person, at) AS o JOIN queue_entry AS q USING (pool_id)
                        WHERE q.parked_until > at AND q.parked_until < at + interval '1 hour'), at + interval '1 minute');
END $$;
