-- Handing out leads that are chosen already: what bars each, then its assignment and its bookings. 5_claim.sql chooses.
--
-- Why it looks like this:
--   * All works on sets: a claim of one is a set of one, and reps who come at once share the cost of the statement.
--   * Locks come before checks: inserting first and failing on the constraint gave a tenth of the claims and deadlocks.
--   * Whoever must not wait takes only leads of which it got every lock: site, lead, numbers. So what it writes of them, nobody else holds.
--   * clock() is read after the locks, once: every bound of the assignment and its bookings comes from it.
--   * The exclusion constraint booking_one_holder is the last line, not the mechanism.


CREATE OR REPLACE FUNCTION lock_leads_or_skip(p_leads bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- As lock_leads(), but never waits: gives those of which nobody else holds any part, in the order they came.
DECLARE sites bigint[]; leads bigint[]; numbers bigint[];
BEGIN
  sites := ARRAY(SELECT id FROM site WHERE id = ANY (ARRAY(SELECT site_id FROM lead WHERE id = ANY (p_leads))) FOR NO KEY UPDATE SKIP LOCKED);
  leads := ARRAY(SELECT id FROM lead WHERE id = ANY (p_leads) AND (site_id IS NULL OR site_id = ANY (sites)) FOR NO KEY UPDATE SKIP LOCKED);
  numbers := ARRAY(SELECT id FROM number WHERE id = ANY (ARRAY(SELECT number_id FROM lead_number WHERE lead_id = ANY (leads))) FOR NO KEY UPDATE SKIP LOCKED);
  RETURN ARRAY(SELECT id FROM unnest(leads) AS id
               WHERE (SELECT bool_and(number_id = ANY (numbers)) FROM lead_number WHERE lead_id = id) IS NOT FALSE
               ORDER BY array_position(p_leads, id));
END $$;

CREATE OR REPLACE FUNCTION lock_lead_or_skip(p_lead bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN lock_leads_or_skip(ARRAY[p_lead]) <> '{}';
END $$;

CREATE OR REPLACE FUNCTION expire_standing(p_leads bigint[], p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Whoever meets a lapsed assignment of a lead or its site expires it, by the same move as the sweep.
DECLARE lapsed bigint;
BEGIN
  FOR lapsed IN
    SELECT id FROM assignment WHERE state <> 'ended' AND greatest(expires_at, call_until) <= p_at AND lead_id = ANY (p_leads)
    UNION SELECT id FROM assignment WHERE state <> 'ended' AND greatest(expires_at, call_until) <= p_at
      AND site_id = ANY (ARRAY(SELECT site_id FROM lead WHERE id = ANY (p_leads) AND site_id IS NOT NULL))
    ORDER BY id
  LOOP
    PERFORM end_assignment(lapsed, 'expired', p_at);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION gate_of(p_lead bigint, p_past_rest boolean, p_at timestamptz) RETURNS TABLE (site_id bigint, bar text, numbers bigint[])
LANGUAGE sql STABLE ROWS 1 AS $$
-- What bars a lead from being handed out now, read under its locks (null: nothing), and its numbers that nobody books. A promise or a shared line's visit
-- passes a rest, never another's hold; law and suppression bar promises too. In SQL, so that it melts into the statement that asks.
SELECT l.site_id, CASE
    WHEN l.state <> 'active' OR l.restricted_at IS NOT NULL THEN 'not_active'
    WHEN NOT EXISTS (SELECT 1 FROM country AS c WHERE c.code = l.country AND c.may_call AND c.may_store) THEN 'country_not_enabled'
    WHEN EXISTS (SELECT 1 FROM suppressions_of(l.id, p_at)) THEN 'suppressed'
    WHEN booked.held THEN 'held'
    WHEN NOT p_past_rest AND booked.held IS NOT NULL THEN 'resting'
    WHEN NOT p_past_rest AND NOT EXISTS (SELECT 1 FROM lists_of(l.id)) THEN 'not_in_circulation'
    WHEN free.numbers IS NULL THEN 'no_free_number'
  END, free.numbers
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
WHERE l.id = p_lead
$$;

CREATE OR REPLACE FUNCTION lease_of(p_pool bigint, p_zone text, p_at timestamptz) RETURNS TABLE (policy_id bigint, expires_at timestamptz)
LANGUAGE sql STABLE ROWS 1 AS $$
-- Until when a lead that is handed out now waits for its first contact.
SELECT policy.policy_id, add_working_minutes(p_at, (policy.rules ->> 'offered_minutes')::int, policy.rules -> 'working_hours', p_zone)
FROM policy_of(p_pool, p_at) AS policy
$$;

CREATE OR REPLACE FUNCTION next_fence(p_lead bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- The lead's counter, raised by every hand-out and every end: one above that of the last hand-out's end. Read under the lead's lock, never stored twice.
BEGIN
  RETURN coalesce((SELECT max(fence) FROM assignment WHERE lead_id = p_lead), -1) + 2;
END $$;

CREATE OR REPLACE FUNCTION take_leads(p_leads bigint[], p_persons bigint[], p_pools bigint[], p_past_rest boolean DEFAULT false,
                                      p_promise bigint DEFAULT NULL, p_given_by bigint DEFAULT NULL)
RETURNS TABLE (lead_id bigint, person_id bigint, assignment_id bigint, refused text) LANGUAGE plpgsql AS $$
-- Hands each lead to the person, in the pool, at its place in the arrays, or says what bars it. The caller has locked persons and leads; no person stands
-- there twice, and no two of the leads share a site or a number. A promise is for one lead alone. Where the person is the client no site is booked.
#variable_conflict use_column
DECLARE at timestamptz := clock(); grace CONSTANT interval := '15 minutes'; leads bigint[]; persons bigint[]; made bigint[]; bars text[]; touched bigint[];
BEGIN
  PERFORM expire_standing(p_leads, at);
  IF p_past_rest THEN
    PERFORM move_tails(CASE WHEN pool.by_person THEN NULL ELSE gate.site_id END, asked.lead_id, gate.numbers, at, lease.expires_at + grace)
    FROM unnest(p_leads, p_persons, p_pools) AS asked (lead_id, person_id, pool_id) LEFT JOIN pool ON pool.id = asked.pool_id
    CROSS JOIN LATERAL gate_of(asked.lead_id, true, at) AS gate CROSS JOIN LATERAL lease_of(asked.pool_id, zone_of(asked.person_id), at) AS lease
    WHERE gate.bar IS NULL;
  END IF;
  WITH asked AS MATERIALIZED (
    SELECT a.*, gate.bar, gate.numbers, CASE WHEN pool.by_person THEN NULL ELSE gate.site_id END AS site_id, zone_of(a.person_id) AS zone
    FROM unnest(p_leads, p_persons, p_pools) WITH ORDINALITY AS a (lead_id, person_id, pool_id, nr) LEFT JOIN pool ON pool.id = a.pool_id
    CROSS JOIN LATERAL gate_of(a.lead_id, p_past_rest, at) AS gate
  ), lease AS MATERIALIZED (
    SELECT one.pool_id, one.zone, lease.* FROM (SELECT DISTINCT pool_id, zone FROM asked) AS one CROSS JOIN LATERAL lease_of(one.pool_id, one.zone, at) AS lease
  ), added AS (
    INSERT INTO assignment AS a (lead_id, site_id, person_id, pool_id, policy_id, promise_id, fence, offered_at, expires_at, given_by)
    SELECT lead_id, site_id, person_id, pool_id, policy_id, p_promise, next_fence(lead_id), at, expires_at, p_given_by
    FROM asked JOIN lease USING (pool_id, zone) WHERE bar IS NULL ORDER BY nr
    RETURNING a.id, a.lead_id, a.expires_at + grace AS held_until
  ), held AS (
    INSERT INTO booking (subject_kind, subject_id, kind, period, assignment_id)
    SELECT subject.kind, subject.id, 'assignment', tstzrange(at, added.held_until), added.id
    FROM added JOIN asked USING (lead_id)
    CROSS JOIN LATERAL (SELECT 'site' AS kind, asked.site_id AS id UNION ALL SELECT 'lead', asked.lead_id UNION ALL SELECT 'number', unnest(asked.numbers)) AS subject
    WHERE subject.id IS NOT NULL
  ), counted AS (
    INSERT INTO day_count AS d (subject_kind, subject_id, kind, day, count)
    SELECT 'person', asked.person_id, 'claims', (at AT TIME ZONE asked.zone)::date, 1 FROM added JOIN asked USING (lead_id)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1
  ), parked AS (  -- what refresh_queue() would write for a lead that was free and has just been booked until then; verify compares
    UPDATE queue_entry AS q SET parked_until = added.held_until, parked_for = 'lead' FROM added WHERE q.lead_id = added.lead_id AND NOT p_past_rest
  )
  SELECT array_agg(asked.lead_id), array_agg(asked.person_id), array_agg(added.id), array_agg(asked.bar),
         (SELECT array_agg(sibling.id) FROM added JOIN asked USING (lead_id)
          CROSS JOIN LATERAL (SELECT l.id FROM lead AS l WHERE l.site_id = asked.site_id
                              UNION ALL SELECT ln.lead_id FROM lead_number AS ln WHERE ln.number_id = ANY (asked.numbers)) AS sibling
          WHERE sibling.id <> asked.lead_id OR p_past_rest)
  INTO leads, persons, made, bars, touched FROM asked LEFT JOIN added USING (lead_id);
  IF touched IS NOT NULL THEN PERFORM refresh_queue(touched); END IF;
  RETURN QUERY SELECT * FROM unnest(leads, persons, made, bars);
END $$;

CREATE OR REPLACE FUNCTION take_lead(p_lead bigint, p_person bigint, p_pool bigint, p_promise bigint, p_given_by bigint, p_wait boolean,
                          p_late boolean DEFAULT false, OUT assignment_id bigint, OUT refused text) LANGUAGE plpgsql AS $$
-- Hands one lead to one person, or says why not. The person's row is locked by the caller. p_promise: the promise that lets the claim pass a rest;
-- p_wait: wait for the lead's locks (a lead chosen by a person) instead of passing it over; p_late: a late contact was made, so the rest that it or
-- an earlier one left does not bar the rep who made it.
BEGIN
  IF p_wait THEN PERFORM lock_lead(p_lead);
  ELSIF NOT lock_lead_or_skip(p_lead) THEN refused := 'busy'; RETURN;
  END IF;
  SELECT t.assignment_id, t.refused INTO assignment_id, refused
  FROM take_leads(ARRAY[p_lead], ARRAY[p_person], ARRAY[p_pool], p_late OR p_promise IS NOT NULL, p_promise, p_given_by) AS t;
  IF NOT FOUND THEN refused := 'not_active'; END IF;
END $$;
