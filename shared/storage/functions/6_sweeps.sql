-- What the clock does when it is due. None of it is needed for a promise to hold: whoever comes first does the same on the way.

CREATE OR REPLACE FUNCTION lapse_promises(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- A promise that nobody kept within its grace becomes the rest of its lead. What somebody holds is looked at again at the next turn.
DECLARE due record; top bigint; site bigint; lapsed integer := 0;
BEGIN
  FOR due IN SELECT id, lead_id FROM promise WHERE state = 'open' AND grace_until <= clock() ORDER BY grace_until LIMIT p_limit LOOP
    top := top_lead(due.lead_id);
    CONTINUE WHEN NOT lock_lead_or_skip(top);
    SELECT site_id INTO site FROM lead WHERE id = top;
    UPDATE promise SET state = 'lapsed', closed_at = clock() WHERE id = due.id AND state = 'open';
    IF FOUND THEN
      lapsed := lapsed + 1;
      PERFORM set_tail('lead', top, clock());
      IF site IS NOT NULL THEN PERFORM set_tail('site', site, clock()); END IF;
      PERFORM refresh_queue(ARRAY(SELECT id FROM lead WHERE id = top OR site_id = site));
    END IF;
  END LOOP;
  RETURN lapsed;
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
-- Sources whose contract has an end: nothing of theirs is handed out from that day on.
DECLARE ended bigint[];
BEGIN
  WITH done AS (UPDATE source SET circulation = 'ended' WHERE ends_on <= clock()::date AND circulation <> 'ended' RETURNING id)
  SELECT array_agg(id) INTO ended FROM done;
  IF ended IS NULL THEN RETURN 0; END IF;
  PERFORM refresh_queue(ARRAY(SELECT DISTINCT m.lead_id FROM record AS r JOIN membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
                              WHERE r.source_id = ANY (ended)));
  RETURN cardinality(ended);
END $$;
