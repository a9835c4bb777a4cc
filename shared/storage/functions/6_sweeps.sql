-- What the clock does when it is due. None of it is needed for a promise to hold: whoever comes first does the same on the way.

CREATE OR REPLACE FUNCTION pass_promise(p_promise promise, p_lead lead, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
-- Whom a promise goes to that its person did not keep: a handoff that nobody accepted returns to its giver; everything but our own retries goes to the pool,
-- then stays there while the supervisor sees it as missed. False: nobody is left, or nothing was promised to the client.
DECLARE
  rules jsonb := (SELECT p.rules FROM policy_of(p_lead.pool_id, p_at) AS p);
  hours jsonb := rules -> 'working_hours';
  zone text := zone_of(coalesce(p_promise.person_id, p_promise.giver_id));
  giver bigint := (SELECT id FROM person WHERE id = p_promise.giver_id AND state = 'active');
BEGIN
  IF p_promise.kind = 'handoff' AND p_promise.escalated = 0 AND giver IS NOT NULL THEN
    UPDATE lead SET pool_id = p_promise.pool_before, changed_at = p_at WHERE id = p_lead.id AND p_promise.pool_before IS NOT NULL;
    UPDATE promise SET person_id = giver, pool_id = NULL, why = 'handoff_returned', escalated = 1, grace_until = add_working_days(p_at, 1, hours, zone)
      WHERE id = p_promise.id;
  ELSIF p_promise.kind <> 'retry' AND p_promise.escalated < 2 AND coalesce(p_promise.pool_id, p_lead.pool_id) IS NOT NULL THEN
    UPDATE promise SET person_id = NULL, pool_id = coalesce(p_promise.pool_id, p_lead.pool_id), giver_id = coalesce(p_promise.giver_id, p_promise.person_id),
                       escalated = p_promise.escalated + 1,
                       grace_until = CASE p_promise.escalated WHEN 0 THEN add_working_minutes(p_at, (rules ->> 'callback_grace_minutes')::int, hours, zone)
                                     ELSE add_working_days(p_at, 1, hours, zone) END
      WHERE id = p_promise.id;
  ELSE
    RETURN false;
  END IF;
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION lapse_promises(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- A promise that its person did not keep within its grace goes on to others; one that nobody kept becomes the rest of its lead.
-- What somebody holds is looked at again at the next turn.
DECLARE due record; mine lead; owed promise; passed integer := 0;
BEGIN
  FOR due IN SELECT id, lead_id FROM promise WHERE state = 'open' AND grace_until <= clock() ORDER BY grace_until LIMIT p_limit LOOP
    SELECT * INTO mine FROM lead WHERE id = top_lead(due.lead_id);
    CONTINUE WHEN NOT lock_lead_or_skip(mine.id);
    SELECT * INTO mine FROM lead WHERE id = mine.id;
    SELECT * INTO owed FROM promise WHERE id = due.id AND state = 'open' AND grace_until <= clock() FOR NO KEY UPDATE;
    CONTINUE WHEN NOT FOUND;
    IF NOT pass_promise(owed, mine, clock()) THEN
      UPDATE promise SET state = 'lapsed', closed_at = clock() WHERE id = due.id;
    END IF;
    passed := passed + 1;
    PERFORM settle(mine.id, mine.site_id, NULL, clock());
  END LOOP;
  RETURN passed;
END $$;

CREATE OR REPLACE FUNCTION escalate_requests(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- A request that nobody answered in its time is shown to the supervisor, and its promise is anybody's of the pool; a week later it lapses.
DECLARE late record; mine lead; seen integer := 0;
BEGIN
  FOR late IN SELECT id, lead_id FROM request WHERE state = 'open' AND escalated_at IS NULL AND answer_by <= clock() ORDER BY answer_by LIMIT p_limit LOOP
    SELECT * INTO mine FROM lead WHERE id = top_lead(late.lead_id);
    CONTINUE WHEN NOT lock_lead_or_skip(mine.id);
    UPDATE request SET escalated_at = clock() WHERE id = late.id AND state = 'open' AND escalated_at IS NULL;
    CONTINUE WHEN NOT FOUND;
    UPDATE promise SET giver_id = person_id, person_id = NULL, pool_id = coalesce(pool_id, mine.pool_id), escalated = 1
      WHERE request_id = late.id AND state = 'open' AND escalated = 0 AND coalesce(pool_id, mine.pool_id) IS NOT NULL;
    seen := seen + 1;
  END LOOP;
  FOR late IN SELECT r.id FROM request AS r WHERE r.state = 'open' AND r.escalated_at <= clock() - interval '7 days' ORDER BY r.id LIMIT p_limit LOOP
    UPDATE request SET state = 'lapsed' WHERE id = late.id AND state = 'open';
    seen := seen + 1;
  END LOOP;
  RETURN seen;
END $$;

CREATE OR REPLACE FUNCTION lift_expired(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- Suppressions that were made for a time.
DECLARE due bigint; lifted integer := 0;
BEGIN
  FOR due IN SELECT id FROM suppression WHERE expires_at <= clock() AND lifted_at IS NULL ORDER BY id LIMIT p_limit LOOP
    IF lift_suppression(due, 'expired', NULL) THEN lifted := lifted + 1; END IF;
  END LOOP;
  RETURN lifted;
END $$;

CREATE OR REPLACE FUNCTION end_sources() RETURNS integer LANGUAGE plpgsql AS $$
-- Sources and lists whose use has an end: nothing of theirs is handed out from that day on.
DECLARE sources bigint[]; uploads bigint[];
BEGIN
  WITH done AS (UPDATE source SET circulation = 'ended' WHERE ends_on <= clock()::date AND circulation <> 'ended' RETURNING id)
  SELECT coalesce(array_agg(id), '{}') INTO sources FROM done;
  WITH done AS (UPDATE upload SET circulation = 'ended' WHERE ends_on <= clock()::date AND circulation <> 'ended' RETURNING id)
  SELECT coalesce(array_agg(id), '{}') INTO uploads FROM done;
  IF sources = '{}' AND uploads = '{}' THEN RETURN 0; END IF;
  PERFORM refresh_queue(ARRAY(SELECT DISTINCT m.lead_id FROM record AS r JOIN membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
                              WHERE r.source_id = ANY (sources) OR r.upload_id = ANY (uploads)));
  RETURN cardinality(sources) + cardinality(uploads);
END $$;
