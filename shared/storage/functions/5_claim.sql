-- The claim. claim_leads() finds the next leads of persons; claim_once() is whole requests, one statement and so one transaction. 4_take.sql hands out.
-- No scan here grows with the base.
--
-- Why it looks like this:
--   * Requests that wait are answered together (services/dispatcher/claiming.py): what a statement costs to start is most of what a claim costs.
--   * The head of the queue is read, then its leads are locked with SKIP LOCKED: reps who come at once get neighbours, not a queue of waiters.
--   * A claim passes over what somebody else holds, and in the company of others its own person too, so that no request holds up its neighbours. It waits
--     in two places: alone for its own person, and where it ends a lapsed lease on its way (lock_holds()). If that crosses with others, each is asked alone.
--   * Heads are looked for from where the queue began a moment ago (3_queue_floor.sql): what was handed out since an old snapshot lies dead before it.
--   * Each look-up has one way to be planned, also while its table is still empty: a plan made then is kept when the table has grown.

CREATE OR REPLACE FUNCTION open_pools(p_person bigint, p_at timestamptz) RETURNS TABLE (pool_id bigint, any_hour boolean) LANGUAGE sql STABLE ROWS 2 AS $$
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

CREATE OR REPLACE FUNCTION due_promises(p_person bigint, p_at timestamptz) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 1 AS $$
-- Open promises that are due: this person's, and those of their pools that are nobody's. The grace is compared so that the index of what is due is taken.
SELECT id FROM promise WHERE person_id = p_person AND state = 'open' AND due_at <= p_at AND grace_until - p_at > interval '0'
UNION ALL
SELECT id FROM promise WHERE person_id IS NULL AND state = 'open' AND due_at <= p_at AND grace_until - p_at > interval '0'
  AND pool_id = ANY (ARRAY(SELECT pool_id FROM pool_person WHERE person_id = p_person))
$$;

CREATE OR REPLACE FUNCTION owed_to(p_persons bigint[], p_at timestamptz) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- Those of these persons who have a promise due.
BEGIN
  RETURN ARRAY(SELECT p.id FROM unnest(p_persons) WITH ORDINALITY AS p (id, nr) WHERE EXISTS (SELECT 1 FROM due_promises(p.id, p_at)) ORDER BY p.nr);
END $$;

CREATE OR REPLACE FUNCTION claim_promise(p_person bigint, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
-- A due promise of this person, or of one of their pools, the oldest first: before caps, before the queue. Null: none can be kept now.
DECLARE due record; taken record; ids bigint[] := ARRAY(SELECT due_promises(p_person, p_at));
BEGIN
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

CREATE OR REPLACE FUNCTION claim_heads(p_persons bigint[], p_skip bigint[], p_floors boolean, p_at timestamptz)
RETURNS TABLE (lead_id bigint, person_id bigint, pool_id bigint) LANGUAGE plpgsql AS $$
-- The best entries for these persons among the windows open now, whoever comes first the first; their leads are locked. Only what depends on the rep is
-- filtered here: a lead that one of them must not get is left to the next who come. p_floors: look from the floors on (queue_floor), not from the start.
#variable_conflict use_column
DECLARE alike record; ready record; found bigint[]; given integer; planned integer; wanted integer;
BEGIN
  FOR alike IN  -- persons with the same pools
    SELECT array_agg(person_id ORDER BY nr) AS persons, pools, any_hours FROM (
      SELECT p.nr, p.person_id, array_agg(o.pool_id ORDER BY o.pool_id) AS pools, array_agg(o.any_hour ORDER BY o.pool_id) AS any_hours
      FROM unnest(p_persons) WITH ORDINALITY AS p (person_id, nr) CROSS JOIN LATERAL open_pools(p.person_id, p_at) AS o GROUP BY 1, 2) AS each
    GROUP BY pools, any_hours ORDER BY min(nr)
  LOOP
    given := 0; planned := 0; wanted := cardinality(alike.persons);
    FOR ready IN  -- the windows that have something, with their share of the best
      SELECT pool_id, window_id, from_rank, from_lead, count(*) FILTER (WHERE place <= wanted)::integer AS share FROM (
        SELECT o.pool_id, w.id, floor.rank, floor.lead_id, row_number() OVER (ORDER BY q.rank, q.lead_id) AS place
        FROM unnest(alike.pools, alike.any_hours) AS o (pool_id, any_hour) CROSS JOIN calling_window AS w
        CROSS JOIN LATERAL floor_of(o.pool_id, w.id, p_floors, p_at) AS floor
        CROSS JOIN LATERAL (SELECT q.rank, q.lead_id FROM queue_entry AS q WHERE q.pool_id = o.pool_id AND q.window_id = w.id AND q.parked_until IS NULL
                            AND (q.rank, q.lead_id) >= (floor.rank, floor.lead_id) ORDER BY q.rank, q.lead_id LIMIT wanted) AS q
        WHERE (SELECT c.may_call FROM country AS c WHERE c.code = w.country) AND (o.any_hour OR window_is_open(w, p_at))) AS head (pool_id, window_id, from_rank, from_lead, place)
      GROUP BY 1, 2, 3, 4 ORDER BY min(place)
    LOOP
      EXIT WHEN given = wanted;
      planned := planned + ready.share;  -- and what the windows before could not give
      found := ARRAY(
        SELECT q.lead_id FROM queue_entry AS q JOIN lead AS l ON l.id = q.lead_id
        WHERE q.pool_id = ready.pool_id AND q.window_id = ready.window_id AND q.parked_until IS NULL AND (q.rank, q.lead_id) >= (ready.from_rank, ready.from_lead)
          AND q.lead_id <> ALL (p_skip)
          AND coalesce((SELECT max(b.until) FROM rep_bar AS b WHERE b.lead_id = q.lead_id AND b.person_id = ANY (alike.persons)) <= p_at, true)
        ORDER BY q.rank, q.lead_id LIMIT planned - given FOR NO KEY UPDATE OF l SKIP LOCKED);
      RETURN QUERY SELECT f.lead_id, alike.persons[given + f.nr], ready.pool_id FROM unnest(found) WITH ORDINALITY AS f (lead_id, nr);
      given := given + cardinality(found);
    END LOOP;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION set_apart(p_leads bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- Of leads that share a site or a number, the first.
BEGIN
  IF cardinality(p_leads) < 2 THEN RETURN p_leads; END IF;
  RETURN ARRAY(
    SELECT l.id FROM lead AS l WHERE l.id = ANY (p_leads)
      AND NOT EXISTS (SELECT 1 FROM lead AS o WHERE o.id = ANY (p_leads) AND o.site_id = l.site_id AND array_position(p_leads, o.id) < array_position(p_leads, l.id))
      AND NOT EXISTS (SELECT 1 FROM lead_number AS mine JOIN lead_number AS other USING (number_id)
                      WHERE mine.lead_id = l.id AND other.lead_id = ANY (p_leads) AND array_position(p_leads, other.lead_id) < array_position(p_leads, l.id))
    ORDER BY array_position(p_leads, l.id));
END $$;

CREATE OR REPLACE FUNCTION why_none(p_person bigint, p_at timestamptz, OUT reason text, OUT retry_at timestamptz) LANGUAGE plpgsql STABLE AS $$
-- Why there is no lead for this person, and when to ask again.
BEGIN
  reason := CASE
    WHEN NOT EXISTS (SELECT 1 FROM person WHERE id = p_person AND state = 'active') THEN 'not_on_duty'
    WHEN NOT EXISTS (SELECT 1 FROM pool_person WHERE person_id = p_person) THEN 'no_pool'
    WHEN NOT EXISTS (SELECT 1 FROM open_pools(p_person, p_at)) THEN 'cap_reached'
    WHEN EXISTS (SELECT 1 FROM open_pools(p_person, p_at) AS o JOIN queue_entry AS q USING (pool_id) WHERE q.parked_until IS NULL) THEN 'closed_hours'
    ELSE 'queue_empty' END;
  retry_at := coalesce((SELECT min(q.parked_until) FROM open_pools(p_person, p_at) AS o JOIN queue_entry AS q USING (pool_id)
                        WHERE q.parked_until > p_at AND q.parked_until < p_at + interval '1 hour'), p_at + interval '1 minute');
END $$;

CREATE OR REPLACE FUNCTION claim_leads(p_persons bigint[], p_wait boolean) RETURNS TABLE (person_id bigint, assignment_id bigint) LANGUAGE plpgsql AS $$
-- One lead for each of these persons, who stand there once each; again the one they must finish first, where a pool asks for that. p_wait: wait for their rows; else who is held by another transaction gets nothing.
#variable_conflict use_column
DECLARE at timestamptz; waiting bigint[]; owed bigint; kept bigint; heads record; got record; barred bigint[]; free bigint[]; woken boolean := false; floors boolean := true; skip bigint[] := '{}';
BEGIN
  IF p_wait THEN
    waiting := ARRAY(SELECT id FROM person WHERE id = ANY (p_persons) AND state = 'active' ORDER BY id FOR NO KEY UPDATE);
  ELSE
    waiting := ARRAY(SELECT id FROM person WHERE id = ANY (p_persons) AND state = 'active' ORDER BY array_position(p_persons, id) FOR NO KEY UPDATE SKIP LOCKED);
  END IF;
  at := clock();
  FOREACH owed IN ARRAY owed_to(waiting, at) LOOP
    kept := claim_promise(owed, at);
    IF kept IS NOT NULL THEN
      waiting := array_remove(waiting, owed);
      RETURN QUERY SELECT owed, kept;
    END IF;
  END LOOP;
  FOR got IN SELECT u.* FROM unfinished_of(waiting, at) AS u LOOP
    waiting := array_remove(waiting, got.person_id);
    RETURN QUERY SELECT got.person_id, got.assignment_id;
  END LOOP;
  FOR try IN 1 .. 40 LOOP
    EXIT WHEN waiting = '{}';
    SELECT array_agg(lead_id) AS leads, array_agg(person_id) AS persons, array_agg(pool_id) AS pools INTO heads FROM claim_heads(waiting, skip, floors, clock());
    IF heads.leads IS NULL THEN
      IF floors THEN floors := false; CONTINUE; END IF;
      EXIT WHEN woken OR wake_due(200, ARRAY(SELECT pp.pool_id FROM pool_person AS pp WHERE pp.person_id = ANY (waiting))) = 0;
      woken := true;
      CONTINUE;
    END IF;
    free := set_apart(lock_leads_or_skip(heads.leads));
    barred := '{}';
    FOR got IN
      SELECT t.* FROM (SELECT array_agg(lead) AS leads, array_agg(person) AS persons, array_agg(pool) AS pools
                       FROM unnest(heads.leads, heads.persons, heads.pools) AS h (lead, person, pool) WHERE lead = ANY (free)) AS h
      CROSS JOIN LATERAL take_leads(h.leads, h.persons, h.pools) AS t WHERE h.leads IS NOT NULL
    LOOP
      IF got.assignment_id IS NULL THEN
        barred := barred || got.lead_id;
      ELSE
        waiting := array_remove(waiting, got.person_id);
        RETURN QUERY SELECT got.person_id, got.assignment_id;
      END IF;
    END LOOP;
    IF barred <> '{}' THEN PERFORM refresh_queue(barred); END IF;
    skip := skip || heads.leads;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION claim_next(p_person bigint, OUT assignment_id bigint, OUT reason text, OUT retry_at timestamptz) LANGUAGE plpgsql AS $$
-- One lead for this person, or why there is none and when to ask again.
BEGIN
  SELECT c.assignment_id INTO assignment_id FROM claim_leads(ARRAY[p_person], true) AS c;
  IF assignment_id IS NULL THEN
    SELECT w.reason, w.retry_at INTO reason, retry_at FROM why_none(p_person, clock()) AS w;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION claim_once(p_wait boolean, p_roles text[], p_needs text, p_route text, p_tokens bigint[], p_secrets bytea[], p_counts integer[],
                                      p_keys bytea[], p_bodies bytea[], p_locks bigint[])
RETURNS TABLE (nr integer, told text, retry_after_s integer, card card) LANGUAGE plpgsql AS $$
-- Whole requests for leads in one statement, so in one round trip: whose token it is, what its key was given before, or up to so many new leads, kept under
-- the key (null: none). For each request, by its place: one row a lead; else one row that tells why there is none, or what is wrong with the token
-- (not_allowed) or the key (key_in_use, key_reused), or that it has to ask alone. p_wait: it is alone, and waits for its person's row.
#variable_conflict use_column
DECLARE
  asked record; got record;
  nrs integer[] := '{}'; persons bigint[] := '{}';  -- the requests that want new leads, and whose they are
  given_nrs integer[] := '{}'; given bigint[] := '{}';  -- what each was given
  turn integer := 1; asking bigint[]; served bigint[];
BEGIN
  FOR asked IN
    SELECT a.*, c.person_id, had.got, had.body_hash, had.effect
    FROM unnest(p_tokens, p_secrets, p_keys, p_bodies, p_locks) WITH ORDINALITY AS a (token, secret, key, body, lock, nr)
    LEFT JOIN LATERAL (SELECT f.person_id FROM find_caller(a.token) AS f
                       WHERE f.secret_hash = a.secret AND f.role = ANY (p_roles) AND (f.scopes IS NULL OR p_needs = ANY (f.scopes))) AS c ON true
    LEFT JOIN LATERAL find_effect(a.token, p_route, a.key, a.lock) AS had ON c.person_id IS NOT NULL AND a.key IS NOT NULL
  LOOP
    IF asked.person_id IS NULL THEN
      RETURN QUERY SELECT asked.nr::integer, 'not_allowed', 0, NULL::card;
    ELSIF NOT asked.got THEN
      RETURN QUERY SELECT asked.nr::integer, 'key_in_use', 0, NULL::card;
    ELSIF asked.body_hash <> asked.body THEN
      RETURN QUERY SELECT asked.nr::integer, 'key_reused', 0, NULL::card;
    ELSIF asked.effect IS NOT NULL THEN
      given := given || ARRAY(SELECT jsonb_array_elements_text(asked.effect -> 'assignments')::bigint);
      given_nrs := given_nrs || array_fill(asked.nr::integer, ARRAY[cardinality(given) - cardinality(given_nrs)]);
    ELSIF asked.person_id = ANY (persons) THEN
      RETURN QUERY SELECT asked.nr::integer, 'alone', 0, NULL::card;
    ELSE
      nrs := nrs || asked.nr::integer;
      persons := persons || asked.person_id;
    END IF;
  END LOOP;
  served := persons;
  WHILE served <> '{}' LOOP
    asking := served; served := '{}';
    FOR got IN SELECT array_position(persons, c.person_id) AS place, c.* FROM claim_leads(asking, p_wait) AS c LOOP
      CONTINUE WHEN got.assignment_id = ANY (given);  -- to be finished first: not given twice, and nothing after it
      given_nrs := given_nrs || nrs[got.place];
      given := given || got.assignment_id;
      IF p_counts[nrs[got.place]] > turn THEN served := served || got.person_id; END IF;
    END LOOP;
    turn := turn + 1;
  END LOOP;
  -- why there is none is sure only for who is alone; and it is not kept: the same key may find something later
  IF p_wait THEN
    RETURN QUERY SELECT nrs[1], w.reason, greatest(1, ceil(extract(epoch FROM w.retry_at - clock()))::integer), NULL::card
                 FROM why_none(persons[1], clock()) AS w WHERE given = '{}' AND nrs <> '{}';
  ELSE
    RETURN QUERY SELECT n, 'alone', 0, NULL::card FROM unnest(nrs) AS n WHERE n <> ALL (given_nrs);
  END IF;
  IF NOT (SELECT coalesce(bool_and(add_effect(p_tokens[g.nr], p_route, p_keys[g.nr], p_bodies[g.nr], 200::smallint, jsonb_build_object('assignments', g.ids))), true)
          FROM (SELECT nr, array_agg(id ORDER BY place) AS ids FROM unnest(given_nrs, given) WITH ORDINALITY AS all_given (nr, id, place)
                WHERE nr = ANY (nrs) AND p_keys[nr] IS NOT NULL GROUP BY nr) AS g) THEN
    RAISE EXCEPTION 'the key was used meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN QUERY SELECT g.nr, NULL, 0, own.card FROM unnest(given_nrs, given) WITH ORDINALITY AS g (nr, id, place)
               CROSS JOIN LATERAL (SELECT c AS card FROM card AS c WHERE c.id = g.id OFFSET 0) AS own ORDER BY g.place;
END $$;
