-- Holds and tails: the only statements that write bookings.
-- A subject has at most one hold (an assignment) that reaches into the future, and behind it at most one tail: a promise or a rest.
-- Whoever calls these has locked the subjects (person, site, lead, numbers by id) and read clock() after it.

CREATE OR REPLACE FUNCTION limited_until(p_kind text, p_id bigint, p_but bigint DEFAULT NULL) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
-- Until when so many attempts bar a subject, a lead also by those of what was merged into it; null: none ever did. p_but: a contact that is left out.
BEGIN
  RETURN (
  SELECT max(b.until) FROM attempt_bar AS b
  WHERE b.subject_kind = p_kind AND b.subject_id = ANY (CASE p_kind WHEN 'lead' THEN ARRAY(SELECT lead_tree(p_id)) ELSE ARRAY[p_id] END)
    AND b.contact_id IS DISTINCT FROM p_but AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = b.contact_id)
  );
END $$;

CREATE OR REPLACE FUNCTION rest_of(p_kind text, p_id bigint) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
-- Until when the contacts of a subject let it rest, or their number bars another; a superseded contact counts no more. A site rests by its own contacts and by those of its leads,
-- but not by those of a pool whose policy makes the person the client.
BEGIN
  IF p_kind = 'number' THEN
    RETURN greatest(limited_until(p_kind, p_id),
      (SELECT max(number_rest_until) FROM contact AS c WHERE c.number_id = p_id AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)));
  ELSIF p_kind = 'lead' THEN
    RETURN greatest(limited_until(p_kind, p_id),
      (SELECT max(rest_until) FROM contact AS c WHERE c.lead_id = ANY (ARRAY(SELECT lead_tree(p_id)))
       AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)));
  END IF;
  RETURN greatest(limited_until(p_kind, p_id),
    (SELECT max(rest_until) FROM contact AS c WHERE c.site_id = p_id AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)
     AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = c.pool_id AND pool.by_person)),
    (SELECT max(rest_until) FROM contact AS c WHERE c.lead_id = ANY (ARRAY(SELECT lead_tree(lead.id) FROM lead WHERE lead.site_id = p_id))
     AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)
     AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = c.pool_id AND pool.by_person)));
END $$;

CREATE OR REPLACE FUNCTION promise_of(p_kind text, p_id bigint, p_at timestamptz, OUT promise_id bigint, OUT until timestamptz) LANGUAGE plpgsql STABLE AS $$
-- The open promise that books a lead or site: the one due first, kept free until the last one's grace.
#variable_conflict use_column
BEGIN
  IF p_kind = 'number' THEN RETURN; END IF;
  SELECT (array_agg(p.id ORDER BY p.due_at, p.id))[1], max(p.grace_until)
  FROM promise AS p
  WHERE p.state = 'open' AND p.grace_until > p_at
    AND p.lead_id = ANY (ARRAY(SELECT lead_tree(p_id) WHERE p_kind = 'lead' UNION ALL SELECT lead_tree(l.id) FROM lead AS l WHERE p_kind = 'site' AND l.site_id = p_id
      AND NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = l.pool_id AND pool.by_person)))
  INTO promise_id, until;
END $$;

CREATE OR REPLACE FUNCTION set_tail(p_kind text, p_id bigint, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Recomputes the tail of a subject from its contacts and promises, behind whatever hold stands, whoever's.
DECLARE
  hold_end timestamptz; starts timestamptz; ends timestamptz; promised record; tail bigint;
BEGIN
  SELECT max(upper(period)) FILTER (WHERE kind = 'assignment'), max(id) FILTER (WHERE kind <> 'assignment') INTO hold_end, tail
    FROM booking WHERE subject_kind = p_kind AND subject_id = p_id AND upper(period) > p_at;
  starts := greatest(p_at, hold_end);
  SELECT * INTO promised FROM promise_of(p_kind, p_id, p_at);
  ends := greatest(rest_of(p_kind, p_id), promised.until);
  IF ends IS NULL OR ends <= starts THEN
    DELETE FROM booking WHERE id = tail;
  ELSIF tail IS NULL THEN
    INSERT INTO booking (subject_kind, subject_id, kind, period, promise_id)
    VALUES (p_kind, p_id, CASE WHEN promised.promise_id IS NULL THEN 'rest' ELSE 'promise' END, tstzrange(starts, ends), promised.promise_id);
  ELSE
    UPDATE booking SET period = tstzrange(starts, ends), promise_id = promised.promise_id,
                       kind = CASE WHEN promised.promise_id IS NULL THEN 'rest' ELSE 'promise' END
    WHERE id = tail;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION move_tails(p_site bigint, p_lead bigint, p_numbers bigint[], p_from timestamptz, p_until timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Makes room for a hold that passes a rest: a tail that stands now moves behind it; one that ends inside it is recomputed when the hold ends.
DECLARE tails bigint[];
BEGIN
  tails := ARRAY(SELECT id FROM booking WHERE kind <> 'assignment' AND upper(period) > p_from
                 AND (subject_kind = 'lead' AND subject_id = p_lead OR subject_kind = 'site' AND subject_id = p_site OR subject_kind = 'number' AND subject_id = ANY (p_numbers)));
  DELETE FROM booking WHERE id = ANY (tails) AND upper(period) <= p_until;
  UPDATE booking SET period = tstzrange(p_until, upper(period)) WHERE id = ANY (tails);
END $$;

CREATE OR REPLACE FUNCTION lock_holds(p_assignment bigint) RETURNS void LANGUAGE plpgsql AS $$
-- What an assignment books is mostly locked with its lead already; but a number that was detached or parted meanwhile, or a sibling's, is not, and
-- its tail must not be recomputed beside a contact that somebody else is just writing. Waiting here may cross with others: a deadlock is tried again.
BEGIN
  PERFORM 1 FROM site WHERE id IN (SELECT subject_id FROM booking WHERE assignment_id = p_assignment AND subject_kind = 'site') FOR NO KEY UPDATE;
  PERFORM 1 FROM number WHERE id IN (SELECT subject_id FROM booking WHERE assignment_id = p_assignment AND subject_kind = 'number')
    ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE OR REPLACE FUNCTION extend_hold(p_assignment bigint, p_expires timestamptz, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Moves the end of an assignment and of its holds: the tails first, then the holds grow into the room.
DECLARE ends CONSTANT timestamptz := p_expires + interval '15 minutes'; held bigint; holds booking[]; tails bigint[];
BEGIN
  PERFORM lock_holds(p_assignment);
  UPDATE assignment SET expires_at = p_expires WHERE id = p_assignment RETURNING lead_id INTO held;
  holds := ARRAY(SELECT b FROM booking AS b WHERE b.assignment_id = p_assignment AND upper(b.period) > p_at ORDER BY b.id);
  tails := ARRAY(SELECT own.id FROM unnest(holds) AS hold CROSS JOIN LATERAL (
    SELECT t.id FROM booking AS t WHERE t.subject_kind = hold.subject_kind AND t.subject_id = hold.subject_id AND upper(t.period) > p_at AND t.kind <> 'assignment' OFFSET 0) AS own);
  IF tails <> '{}' THEN
    DELETE FROM booking WHERE id = ANY (tails) AND upper(period) <= ends;
    UPDATE booking SET period = tstzrange(ends, upper(period)) WHERE id = ANY (tails);
  END IF;
  UPDATE booking SET period = tstzrange(lower(period), ends) WHERE id = ANY (ARRAY(SELECT hold.id FROM unnest(holds) AS hold));
  PERFORM set_tail(hold.subject_kind, hold.subject_id, p_at) FROM unnest(holds) AS hold;
  PERFORM refresh_queue(touched_leads(p_assignment));
  PERFORM settle_merged(held, p_at);
END $$;

CREATE OR REPLACE FUNCTION touched_leads(p_assignment bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- Leads whose queue entry an assignment bears on: its own, those of its site, those that share a number it books.
BEGIN
  RETURN (
  SELECT array_agg(DISTINCT id) FROM (
    SELECT lead_id AS id FROM assignment WHERE id = p_assignment
    UNION ALL SELECT l.id FROM assignment AS a JOIN lead AS l ON l.site_id = a.site_id WHERE a.id = p_assignment
    UNION ALL SELECT ln.lead_id FROM booking AS b JOIN lead_number AS ln ON ln.number_id = b.subject_id
              WHERE b.assignment_id = p_assignment AND b.subject_kind = 'number'
  ) AS touched
  );
END $$;

CREATE OR REPLACE FUNCTION lock_lead(p_lead bigint) RETURNS bigint LANGUAGE plpgsql AS $$
-- Locks a lead's site, the lead, its numbers by id, waiting for each. Returns the site (null: none).
DECLARE site bigint;
BEGIN
  SELECT site_id INTO site FROM lead WHERE id = p_lead;
  PERFORM 1 FROM site AS s WHERE s.id = site FOR NO KEY UPDATE;
  PERFORM 1 FROM lead WHERE id = p_lead FOR NO KEY UPDATE;
  PERFORM 1 FROM number WHERE id IN (SELECT number_id FROM lead_number WHERE lead_id = p_lead) ORDER BY id FOR NO KEY UPDATE;
  RETURN site;
END $$;

CREATE OR REPLACE FUNCTION bar_rep(p_lead bigint, p_person bigint, p_days integer, p_reason text, p_at timestamptz) RETURNS void LANGUAGE sql AS $$
-- This lead not again to this rep for so many days (null: the rule is lifted).
INSERT INTO rep_bar AS b SELECT p_lead, p_person, p_at + make_interval(days => p_days), p_reason WHERE p_days > 0
  ON CONFLICT (lead_id, person_id) DO UPDATE SET until = greatest(b.until, excluded.until), reason = excluded.reason
$$;

CREATE OR REPLACE FUNCTION cut_hold(p_assignment bigint, p_at timestamptz, p_number bigint DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
-- Frees what an ended assignment still books for its grace, since its rep is back; with a number, frees that one only.
DECLARE hold record;
BEGIN
  FOR hold IN SELECT * FROM booking WHERE assignment_id = p_assignment AND upper(period) > p_at
              AND (p_number IS NULL OR subject_kind = 'number' AND subject_id = p_number) ORDER BY id LOOP
    IF lower(hold.period) >= p_at THEN DELETE FROM booking WHERE id = hold.id;
    ELSE UPDATE booking SET period = tstzrange(lower(period), p_at) WHERE id = hold.id;
    END IF;
    PERFORM set_tail(hold.subject_kind, hold.subject_id, p_at);
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION bind_number(p_assignment bigint, p_number bigint) RETURNS text LANGUAGE plpgsql AS $$
-- Lets an assignment dial one number more if it is free: bound, or what bars it (suppressed, not_callable, held, resting). The lead is locked by the caller.
DECLARE mine number; other booking; at timestamptz;
BEGIN
  SELECT * INTO mine FROM number WHERE id = p_number FOR NO KEY UPDATE;
  at := clock();
  IF mine.suppressed THEN RETURN 'suppressed'; END IF;
  IF NOT mine.callable THEN RETURN 'not_callable'; END IF;
  SELECT * INTO other FROM booking WHERE subject_kind = 'number' AND subject_id = p_number AND upper(period) > at ORDER BY kind, id LIMIT 1;
  IF other.assignment_id = p_assignment THEN RETURN 'bound'; END IF;
  IF other.id IS NOT NULL THEN RETURN CASE other.kind WHEN 'assignment' THEN 'held' ELSE 'resting' END; END IF;
  INSERT INTO booking (subject_kind, subject_id, kind, period, assignment_id)
    SELECT 'number', p_number, 'assignment', tstzrange(at, upper(period)), p_assignment FROM booking
    WHERE assignment_id = p_assignment AND subject_kind = 'lead' AND upper(period) > at;
  PERFORM refresh_queue(ARRAY(SELECT lead_id FROM lead_number WHERE number_id = p_number));
  RETURN 'bound';
END $$;

CREATE OR REPLACE FUNCTION settle(p_lead bigint, p_site bigint, p_number bigint, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- After contacts or promises changed while no assignment ended: the tails of these subjects and of what was merged into the lead, whose promises its
-- contacts keep too; and the queue entries that hang on them.
DECLARE leads bigint[] := ARRAY(SELECT lead_tree(p_lead)); sites bigint[];
BEGIN
  sites := ARRAY(SELECT p_site WHERE p_site IS NOT NULL UNION SELECT site_id FROM lead WHERE id = ANY (leads) AND site_id IS NOT NULL);
  PERFORM set_tail('lead', id, p_at) FROM unnest(leads) AS id;
  PERFORM set_tail('site', id, p_at) FROM unnest(sites) AS id;
  IF p_number IS NOT NULL THEN PERFORM set_tail('number', p_number, p_at); END IF;
  PERFORM refresh_queue(ARRAY(SELECT p_lead UNION SELECT id FROM lead WHERE site_id = ANY (sites) UNION SELECT lead_id FROM lead_number WHERE number_id = p_number));
END $$;

CREATE OR REPLACE FUNCTION settle_merged(p_lead bigint, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
-- Promises of what was merged into a lead stand over other sites too, which its assignment does not book.
BEGIN
  IF EXISTS (SELECT 1 FROM lead WHERE merged_into = p_lead) THEN
    PERFORM settle(p_lead, NULL, NULL, p_at);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION lock_work(p_person bigint, p_lead bigint, p_number bigint) RETURNS bigint LANGUAGE plpgsql AS $$
-- Locks a person, what a lead has become with all that it was merged from, and one number more, which may be detached. Returns the lead that stands for it now.
DECLARE top bigint;
BEGIN
  PERFORM 1 FROM person WHERE id = p_person FOR NO KEY UPDATE;
  LOOP
    top := top_lead(p_lead);
    PERFORM lock_leads(ARRAY(SELECT lead_tree(top)));
    EXIT WHEN top = top_lead(p_lead);  -- merged or parted while this waited
  END LOOP;
  PERFORM 1 FROM number WHERE id = p_number FOR NO KEY UPDATE;
  RETURN top;
END $$;

CREATE OR REPLACE FUNCTION end_assignment(p_assignment bigint, p_reason text, p_at timestamptz, p_by bigint DEFAULT NULL, p_note text DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql AS $$
-- The one way an assignment ends. False: it had ended already. An expired one keeps its hold until the grace is over.
DECLARE
  mine assignment; hold record; touched bigint[];
BEGIN
  UPDATE assignment SET state = 'ended', end_reason = p_reason, end_note = p_note, ended_by = p_by,
                        ended_at = CASE WHEN p_reason = 'expired' THEN least(expires_at, p_at) ELSE p_at END
    WHERE id = p_assignment AND state <> 'ended' RETURNING * INTO mine;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM lock_holds(p_assignment);
  IF p_reason IN ('expired', 'reclaimed') AND NOT EXISTS (SELECT 1 FROM contact WHERE assignment_id = p_assignment) THEN
    PERFORM bar_rep(mine.lead_id, mine.person_id, (SELECT (rules ->> 'lapse_bar_days')::int FROM policy_of(mine.pool_id, p_at)), p_reason, p_at);
  END IF;
  touched := touched_leads(p_assignment);
  FOR hold IN SELECT * FROM booking WHERE assignment_id = p_assignment ORDER BY id LOOP
    IF p_reason = 'expired' OR upper(hold.period) <= p_at THEN NULL;
    ELSIF lower(hold.period) >= p_at THEN DELETE FROM booking WHERE id = hold.id;
    ELSE UPDATE booking SET period = tstzrange(lower(period), p_at) WHERE id = hold.id;
    END IF;
    PERFORM set_tail(hold.subject_kind, hold.subject_id, p_at);
  END LOOP;
  PERFORM refresh_queue(touched);
  PERFORM settle_merged(mine.lead_id, p_at);
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION expire_lapsed(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- The sweep: ends what has lapsed, lead by lead under its locks; never waits for one that somebody holds, and looks again at the next turn.
DECLARE
  lapsed record; ended integer := 0;
BEGIN
  FOR lapsed IN SELECT id, lead_id FROM assignment WHERE state <> 'ended' AND greatest(expires_at, call_until) <= clock() ORDER BY expires_at LIMIT p_limit LOOP
    CONTINUE WHEN NOT lock_lead_or_skip(lapsed.lead_id);
    IF EXISTS (SELECT 1 FROM assignment WHERE id = lapsed.id AND state <> 'ended' AND greatest(expires_at, call_until) <= clock()) THEN
      PERFORM end_assignment(lapsed.id, 'expired', clock());
      ended := ended + 1;
    END IF;
  END LOOP;
  RETURN ended;
END $$;
