-- Who is away or leaves, and what becomes of their leads and promises.

CREATE OR REPLACE FUNCTION pass_on(p_assignment bigint, p_to bigint, p_pool bigint, p_giver bigint, p_due timestamptz, p_reason text, p_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
-- Ends an assignment and promises its lead to a person (or, null, to a pool), to be accepted within a working day. The lead is locked by the caller.
DECLARE mine assignment; hours jsonb;
BEGIN
  SELECT * INTO mine FROM assignment WHERE id = p_assignment;
  hours := (SELECT p.rules -> 'working_hours' FROM policy_of(mine.pool_id, p_at) AS p);
  INSERT INTO promise (lead_id, kind, person_id, pool_id, giver_id, why, due_at, grace_until)
  VALUES (top_lead(mine.lead_id), 'handoff', p_to, CASE WHEN p_to IS NULL THEN p_pool END, p_giver, p_reason, p_due,
          add_working_days(p_due, 1, hours, zone_of(coalesce(p_to, mine.person_id))));
  PERFORM end_assignment(p_assignment, 'handed_off', p_at, NULL, p_reason);
END $$;

CREATE OR REPLACE FUNCTION held_of(p_person bigint) RETURNS TABLE (assignment_id bigint, lead_id bigint, pool_id bigint, worked boolean) LANGUAGE sql STABLE AS $$
-- What a person holds now, and whether anybody was reached or tried under it.
SELECT a.id, a.lead_id, a.pool_id, EXISTS (SELECT 1 FROM contact AS c WHERE c.assignment_id = a.id)
FROM assignment AS a WHERE a.person_id = p_person AND a.state <> 'ended' AND greatest(a.expires_at, a.call_until) > clock() ORDER BY a.id
$$;

CREATE OR REPLACE FUNCTION lend_promises(p_person bigint, p_until timestamptz, p_to bigint) RETURNS integer LANGUAGE plpgsql AS $$
-- Promises of a person that fall due until then are kept by another, or without one by the pool.
DECLARE lent integer;
BEGIN
  UPDATE promise AS p SET person_id = p_to, lent_by = p_person, pool_id = CASE WHEN p_to IS NULL THEN coalesce(p.pool_id, l.pool_id) ELSE p.pool_id END
  FROM lead AS l
  WHERE l.id = top_lead(p.lead_id) AND p.person_id = p_person AND p.state = 'open' AND p.due_at < p_until
    AND (p_to IS NOT NULL OR coalesce(p.pool_id, l.pool_id) IS NOT NULL);
  GET DIAGNOSTICS lent = ROW_COUNT;
  RETURN lent;
END $$;

CREATE OR REPLACE FUNCTION start_absence(p_person bigint, p_until timestamptz, p_deputy bigint, p_reason text, p_by bigint) RETURNS bigint LANGUAGE plpgsql AS $$
-- Up to three days stop the timers: what is held is held that much longer. Longer ones pass on what was worked and give back the rest.
-- What was promised until the return is the deputy's to keep, with the lead that it hangs on.
DECLARE at timestamptz; made bigint; held record; away interval;
BEGIN
  PERFORM 1 FROM person WHERE id = p_person FOR NO KEY UPDATE;
  PERFORM lock_leads(ARRAY(SELECT h.lead_id FROM held_of(p_person) AS h));
  at := clock();
  away := p_until - at;
  UPDATE person SET state = 'absent' WHERE id = p_person;
  INSERT INTO absence (person_id, from_at, until_at, deputy_id, reason, made_by) VALUES (p_person, at, p_until, p_deputy, p_reason, p_by) RETURNING id INTO made;
  FOR held IN SELECT h.*, EXISTS (SELECT 1 FROM promise AS p WHERE p.lead_id IN (SELECT lead_tree(h.lead_id)) AND p.state = 'open' AND p.person_id = p_person
                                  AND p.due_at < p_until) AS owed FROM held_of(p_person) AS h LOOP
    IF held.owed THEN PERFORM end_assignment(held.assignment_id, 'handed_off', at, p_by, 'absent');
    ELSIF away <= interval '3 days' THEN PERFORM extend_hold(held.assignment_id, (SELECT expires_at FROM assignment WHERE id = held.assignment_id) + away, at);
    ELSIF held.worked THEN PERFORM pass_on(held.assignment_id, p_deputy, held.pool_id, NULL, at, 'absent', at);
    ELSE PERFORM end_assignment(held.assignment_id, 'reclaimed', at, p_by, 'absent');
    END IF;
  END LOOP;
  PERFORM lend_promises(p_person, p_until, p_deputy);
  RETURN made;
END $$;

CREATE OR REPLACE FUNCTION end_absence(p_person bigint) RETURNS boolean LANGUAGE plpgsql AS $$
-- Back at the desk: promises that are still open and that nobody works are theirs again. False: they were not away.
BEGIN
  PERFORM 1 FROM person WHERE id = p_person FOR NO KEY UPDATE;
  UPDATE absence SET ended_at = clock() WHERE person_id = p_person AND ended_at IS NULL;
  UPDATE person SET state = 'active' WHERE id = p_person AND state = 'absent';
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE promise AS p SET person_id = p_person, lent_by = NULL
    WHERE p.lent_by = p_person AND p.state = 'open' AND NOT EXISTS (SELECT 1 FROM assignment AS a WHERE a.promise_id = p.id AND a.state <> 'ended');
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION end_absences(p_limit integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Who said until when they are away is back then.
DECLARE due record; back integer := 0;
BEGIN
  FOR due IN SELECT person_id FROM absence WHERE ended_at IS NULL AND until_at <= clock() ORDER BY until_at LIMIT p_limit LOOP
    IF end_absence(due.person_id) THEN back := back + 1; END IF;
  END LOOP;
  RETURN back;
END $$;

CREATE OR REPLACE FUNCTION leave_company(p_person bigint, p_successor bigint, p_by bigint, OUT passed integer, OUT returned integer, OUT promises integer) LANGUAGE plpgsql AS $$
-- Access ends first. What was worked goes on to the successor, or the pool, ten leads a working day, so that nobody drowns in them; what was not
-- touched returns to the queue; promises and customers go to the successor, or the pool.
DECLARE at timestamptz; held record; hours jsonb; zone text := zone_of(p_person);
BEGIN
  PERFORM 1 FROM person WHERE id = p_person FOR NO KEY UPDATE;
  UPDATE person SET state = 'left' WHERE id = p_person AND state <> 'left';
  UPDATE token SET revoked_at = clock() WHERE person_id = p_person AND revoked_at IS NULL;
  UPDATE session SET ended_at = clock() WHERE person_id = p_person AND ended_at IS NULL;
  UPDATE absence SET ended_at = clock() WHERE person_id = p_person AND ended_at IS NULL;
  PERFORM lock_leads(ARRAY(SELECT h.lead_id FROM held_of(p_person) AS h));
  at := clock();
  passed := 0; returned := 0;
  FOR held IN SELECT * FROM held_of(p_person) LOOP
    IF NOT held.worked THEN
      PERFORM end_assignment(held.assignment_id, 'reclaimed', at, p_by, 'left');
      returned := returned + 1;
    ELSE
      hours := (SELECT p.rules -> 'working_hours' FROM policy_of(held.pool_id, at) AS p);
      PERFORM pass_on(held.assignment_id, p_successor, held.pool_id, NULL, add_working_days(at, passed / 10, hours, zone), 'left', at);
      passed := passed + 1;
    END IF;
  END LOOP;
  promises := lend_promises(p_person, 'infinity', p_successor);
  UPDATE promise SET lent_by = NULL WHERE lent_by = p_person AND state = 'open';
  UPDATE lead SET owner_id = p_successor, changed_at = at WHERE owner_id = p_person;
END $$;
