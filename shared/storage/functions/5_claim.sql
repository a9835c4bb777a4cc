-- The claim. take_lead() hands out one given lead; claim_next() finds the lead; claim_once() is the whole request, one statement and so one transaction.
-- No scan here grows with the base.
--
-- Why it looks like this:
--   * The head of the queue is read without a lock, then locked with SKIP LOCKED: reps who come at once get neighbours, not a queue of waiters.
--   * Locks come before checks: inserting first and failing on the constraint gave a tenth of the claims and deadlocks (design.md 3.1).
--   * A claim never waits for a site, lead or number: what somebody else holds is passed over, so that it cannot deadlock with those who wait.
--   * clock() is read after the locks, once: every bound of the assignment and its bookings comes from it.
--   * The exclusion constraint booking_one_holder is the last line, not the mechanism.
--   * `x := f()` and not `PERFORM f()` or `SELECT f() INTO x`: an expression is evaluated without starting an executor.
--   * Each look-up has one way to be planned, also while its table is still empty: a plan made then is kept when the table has grown.

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

DROP FUNCTION IF EXISTS free_numbers(bigint, boolean, timestamptz);
DROP FUNCTION IF EXISTS bar_of(lead, boolean, timestamptz);
CREATE OR REPLACE FUNCTION gate_of(p_lead bigint, p_past_rest boolean, p_at timestamptz, OUT site_id bigint, OUT bar text, OUT numbers bigint[])
LANGUAGE plpgsql STABLE AS $$
-- What bars a lead from being handed out now, read under its locks (null: nothing), and its numbers that nobody books. A promise or a shared line's visit
-- passes a rest, never another's hold; law and suppression bar promises too. `lapsed`: a lease that has run out must be ended first.
#variable_conflict use_column
BEGIN
  SELECT l.site_id, free.numbers, CASE
    WHEN EXISTS (SELECT 1 FROM assignment AS a WHERE a.lead_id = l.id AND a.state <> 'ended' AND greatest(a.expires_at, a.call_until) <= p_at)
      OR l.site_id IS NOT NULL AND
         EXISTS (SELECT 1 FROM assignment AS a WHERE a.site_id = l.site_id AND a.state <> 'ended' AND greatest(a.expires_at, a.call_until) <= p_at) THEN 'lapsed'
    WHEN l.state <> 'active' OR l.restricted_at IS NOT NULL THEN 'not_active'
    WHEN NOT EXISTS (SELECT 1 FROM country AS c WHERE c.code = l.country AND c.may_call AND c.may_store) THEN 'country_not_enabled'
    WHEN EXISTS (SELECT 1 FROM suppressions_of(l.id, p_at)) THEN 'suppressed'
    WHEN booked.held THEN 'held'
    WHEN NOT p_past_rest AND booked.held IS NOT NULL THEN 'resting'
    WHEN NOT p_past_rest AND NOT EXISTS (SELECT 1 FROM lists_of(l.id)) THEN 'not_in_circulation'
    WHEN free.numbers IS NULL THEN 'no_free_number'
  END
  INTO site_id, numbers, bar
  FROM lead AS l
  CROSS JOIN LATERAL (
    SELECT bool_or(kind = 'assignment') AS held FROM (
      SELECT b.kind FROM booking AS b WHERE b.subject_kind = 'lead' AND b.subject_id = l.id AND upper(b.period) > p_at
      UNION ALL
      SELECT b.kind FROM booking AS b WHERE b.subject_kind = 'site' AND b.subject_id = l.site_id AND upper(b.period) > p_at) AS own
  ) AS booked
  CROSS JOIN LATERAL (
    SELECT array_agg(n.id ORDER BY ln.position, n.id) AS numbers
    FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id AND n.callable
    WHERE ln.lead_id = l.id AND ln.kind <> 'fax'
      AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.subject_kind = 'number' AND b.subject_id = n.id AND upper(b.period) > p_at
                      AND (b.kind = 'assignment' OR NOT p_past_rest))
  ) AS free
  WHERE l.id = p_lead;
  IF NOT FOUND THEN bar := 'not_active'; END IF;
END $$;

CREATE OR REPLACE FUNCTION next_fence(p_lead bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- The lead's counter, raised by every hand-out and every end: one above that of the last hand-out's end. Read under the lead's lock, never stored twice.
BEGIN
  RETURN coalesce((SELECT max(fence) FROM assignment WHERE lead_id = p_lead), -1) + 2;
END $$;

DROP FUNCTION IF EXISTS take_lead(bigint, bigint, bigint, bigint, bigint, boolean);
CREATE OR REPLACE FUNCTION take_lead(p_lead bigint, p_person bigint, p_pool bigint, p_promise bigint, p_given_by bigint, p_wait boolean,
                                     p_late boolean DEFAULT false, OUT assignment_id bigint, OUT refused text) LANGUAGE plpgsql AS $$
-- Hands one lead to one person, or says why not. The person's row is locked by the caller. p_promise: the promise that lets the claim pass a rest;
-- p_wait: wait for the lead's locks (a lead chosen by a person) instead of passing it over; p_late: a late contact was made, so the rest that it or
-- an earlier one left does not bar the rep who made it.
DECLARE
  past_rest boolean := p_late OR p_promise IS NOT NULL;
  gate record; policy record; at timestamptz; zone text := zone_of(p_person); expires timestamptz; held_until timestamptz; holds integer; touched bigint[];
BEGIN
  IF p_wait THEN PERFORM lock_lead(p_lead);
  ELSIF NOT lock_lead_or_skip(p_lead) THEN refused := 'busy'; RETURN;
  END IF;
  at := clock();
  LOOP
    gate := gate_of(p_lead, past_rest, at);
    EXIT WHEN gate.bar IS DISTINCT FROM 'lapsed';
    PERFORM expire_standing(p_lead, gate.site_id, at);
  END LOOP;
  refused := gate.bar;
  IF refused IS NOT NULL THEN RETURN; END IF;

  SELECT * INTO policy FROM policy_of(p_pool, at);
  expires := add_working_minutes(at, (policy.rules ->> 'offered_minutes')::int, policy.rules -> 'working_hours', zone);
  held_until := expires + interval '15 minutes';
  INSERT INTO assignment (lead_id, site_id, person_id, pool_id, policy_id, promise_id, fence, offered_at, expires_at, given_by)
    VALUES (p_lead, gate.site_id, p_person, p_pool, policy.policy_id, p_promise, next_fence(p_lead), at, expires, p_given_by) RETURNING id INTO assignment_id;
  IF past_rest THEN PERFORM move_tails(gate.site_id, p_lead, gate.numbers, at, held_until); END IF;
  holds := add_holds(assignment_id, gate.site_id, p_lead, gate.numbers, at, held_until);
  INSERT INTO day_count AS d (subject_kind, subject_id, kind, day, count)
    VALUES ('person', p_person, 'claims', (at AT TIME ZONE zone)::date, 1)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1;
  touched := ARRAY(SELECT id FROM lead WHERE site_id = gate.site_id AND id <> p_lead
                   UNION ALL SELECT lead_id FROM lead_number WHERE number_id = ANY (gate.numbers) AND lead_id <> p_lead);
  IF past_rest THEN touched := touched || p_lead; ELSE PERFORM park_taken(p_lead, held_until); END IF;
  IF touched <> '{}' THEN PERFORM refresh_queue(touched); END IF;
END $$;

DROP FUNCTION IF EXISTS open_pools(bigint, timestamptz);
CREATE FUNCTION open_pools(p_person bigint, p_at timestamptz) RETURNS TABLE (pool_id bigint, any_hour boolean) LANGUAGE sql STABLE ROWS 2 AS $$
-- The pools that may serve this person now: below the caps of leads in work and below a hard norm. CASE: what no rule asks for is not counted.
SELECT p.id, policy.rules -> 'calling_hours' = 'null'::jsonb
FROM pool_person AS pp JOIN pool AS p ON p.id = pp.pool_id AND p.state = 'active'
CROSS JOIN LATERAL policy_of(p.id, p_at) AS policy
WHERE pp.person_id = p_person
  AND CASE WHEN policy.rules ->> 'open_cap' IS NOT NULL THEN (policy.rules ->> 'open_cap')::int >
        (SELECT count(*) FROM assignment AS a WHERE a.person_id = p_person AND a.state <> 'ended' AND a.expires_at > p_at AND a.promise_id IS NULL) ELSE true END
  AND CASE WHEN (policy.rules #>> '{daily_norm,hard}')::boolean AND policy.rules #>> '{daily_norm,maximum}' IS NOT NULL THEN (policy.rules #>> '{daily_norm,maximum}')::int >
        coalesce((SELECT d.count FROM day_count AS d WHERE d.subject_kind = 'person' AND d.subject_id = p_person AND d.kind = 'claims'
                  AND d.day = (p_at AT TIME ZONE zone_of(p_person))::date), 0) ELSE true END
  AND CASE WHEN policy.rules ?| '{class_caps,one_at_a_time}' THEN has_room(p_person, p.id, policy.rules, p_at) ELSE true END
$$;

CREATE OR REPLACE FUNCTION claim_promise(p_person bigint, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
-- A due promise of this person, or of one of their pools, the oldest first: before caps, before the queue. Null: none can be kept now.
DECLARE due record; taken record; ids bigint[];
BEGIN
  ids := ARRAY(SELECT id FROM promise WHERE person_id = p_person AND state = 'open' AND due_at <= p_at AND grace_until - p_at > interval '0'
               UNION ALL SELECT id FROM promise WHERE person_id IS NULL AND state = 'open' AND due_at <= p_at AND grace_until - p_at > interval '0'
                 AND pool_id = ANY (ARRAY(SELECT pool_id FROM pool_person WHERE person_id = p_person)));
  IF ids = '{}' THEN RETURN NULL; END IF;
  FOR due IN
    SELECT pr.id, l.id AS lead_id, coalesce(pr.pool_id, l.pool_id) AS pool_id
    FROM promise AS pr
    JOIN lead AS l ON l.id = top_lead(pr.lead_id)
    JOIN calling_window AS w ON w.id = l.window_id
    CROSS JOIN LATERAL policy_of(coalesce(pr.pool_id, l.pool_id), p_at) AS policy
    WHERE pr.id = ANY (ids) AND (policy.rules -> 'calling_hours' = 'null'::jsonb OR pr.kind = 'request' OR window_is_open(w, p_at))
    ORDER BY pr.due_at, pr.id LIMIT 20
  LOOP
    taken := take_lead(due.lead_id, p_person, due.pool_id, due.id, NULL, false);
    IF taken.assignment_id IS NOT NULL THEN RETURN taken.assignment_id; END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claim_head(p_person bigint, p_skip bigint[], p_at timestamptz, OUT lead_id bigint, OUT pool_id bigint) LANGUAGE plpgsql AS $$
-- The best entry among the windows open now, locked. Only what depends on the rep is filtered here.
DECLARE pools bigint[]; windows bigint[];
BEGIN
  SELECT array_agg(o.pool_id ORDER BY first.rank), array_agg(w.id ORDER BY first.rank) INTO pools, windows
  FROM open_pools(p_person, p_at) AS o CROSS JOIN calling_window AS w
  CROSS JOIN LATERAL (SELECT q.rank FROM queue_entry AS q WHERE q.pool_id = o.pool_id AND q.window_id = w.id AND q.parked_until IS NULL
                      ORDER BY q.rank, q.lead_id LIMIT 1) AS first
  WHERE (SELECT c.may_call FROM country AS c WHERE c.code = w.country) AND (o.any_hour OR window_is_open(w, p_at));
  FOR i IN 1 .. coalesce(cardinality(windows), 0) LOOP
    SELECT q.lead_id, q.pool_id INTO lead_id, pool_id FROM queue_entry AS q
    WHERE q.pool_id = pools[i] AND q.window_id = windows[i] AND q.parked_until IS NULL
      AND q.lead_id <> ALL (p_skip)
      AND coalesce((SELECT b.until FROM rep_bar AS b WHERE b.lead_id = q.lead_id AND b.person_id = p_person) <= p_at, true)
    ORDER BY q.rank, q.lead_id LIMIT 1 FOR UPDATE OF q SKIP LOCKED;
    IF lead_id IS NOT NULL THEN RETURN; END IF;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION claim_next(p_person bigint, OUT assignment_id bigint, OUT reason text, OUT retry_at timestamptz) LANGUAGE plpgsql AS $$
-- One lead for this person, or why there is none and when to ask again.
DECLARE at timestamptz; actor text; head record; taken record; woken boolean := false; skip bigint[] := '{}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM person WHERE id = p_person AND state = 'active' FOR NO KEY UPDATE) THEN reason := 'not_on_duty'; RETURN; END IF;
  actor := set_config('leadmill.actor', p_person::text, true);
  at := clock();
  assignment_id := claim_promise(p_person, at);
  IF assignment_id IS NOT NULL THEN RETURN; END IF;
  FOR try IN 1 .. 40 LOOP
    head := claim_head(p_person, skip, clock());
    IF head.lead_id IS NULL THEN
      EXIT WHEN woken OR wake_due(200) = 0;
      woken := true;
      CONTINUE;
    END IF;
    taken := take_lead(head.lead_id, p_person, head.pool_id, NULL, NULL, false);
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

DROP FUNCTION IF EXISTS claim_once(bigint, integer, bigint, text, bytea, bytea, bigint);
CREATE OR REPLACE FUNCTION claim_once(p_token bigint, p_secret bytea, p_roles text[], p_needs text, p_count integer,
                                      p_route text, p_key bytea, p_body bytea, p_lock bigint)
RETURNS TABLE (told text, retry_after_s integer, card card) LANGUAGE plpgsql AS $$
-- A whole request for leads in one statement, so in one round trip: whose token it is, what its key was given before, or up to so many new leads, kept under
-- the key (null: none). One row a lead; else one row that tells why there is none, or what is wrong with the token (not_allowed) or the key (key_in_use,
-- key_reused).
#variable_conflict use_column
DECLARE given bigint[] := '{}'; person bigint; had record; next record;
BEGIN
  SELECT c.person_id INTO person FROM find_caller(p_token) AS c
  WHERE c.secret_hash = p_secret AND c.role = ANY (p_roles) AND (c.scopes IS NULL OR p_needs = ANY (c.scopes));
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'not_allowed', 0, NULL::card;
    RETURN;
  END IF;
  IF p_key IS NOT NULL THEN
    had := find_effect(p_token, p_route, p_key, p_lock);
    IF NOT had.got OR had.body_hash <> p_body THEN
      RETURN QUERY SELECT CASE WHEN had.got THEN 'key_reused' ELSE 'key_in_use' END, 0, NULL::card;
      RETURN;
    END IF;
    IF had.effect IS NOT NULL THEN given := ARRAY(SELECT jsonb_array_elements_text(had.effect -> 'assignments')::bigint); END IF;
  END IF;
  IF given = '{}' THEN
    LOOP
      next := claim_next(person);
      EXIT WHEN next.assignment_id IS NULL;
      given := given || next.assignment_id;
      EXIT WHEN cardinality(given) >= p_count;
    END LOOP;
    IF given = '{}' THEN  -- nothing is kept: the same key may find something later
      RETURN QUERY SELECT next.reason, greatest(1, ceil(extract(epoch FROM next.retry_at - clock()))::integer), NULL::card;
      RETURN;
    END IF;
    IF p_key IS NOT NULL AND NOT add_effect(p_token, p_route, p_key, p_body, 200::smallint, jsonb_build_object('assignments', given)) THEN
      RAISE EXCEPTION 'the key was used meanwhile' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  RETURN QUERY SELECT NULL, 0, c FROM card AS c WHERE c.id = ANY (given) ORDER BY array_position(given, c.id);
END $$;
