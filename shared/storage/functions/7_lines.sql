-- Checks of lines and the outage guard: more of what crosses the services' rights.


CREATE OR REPLACE TRIGGER line_check_move AFTER INSERT OR UPDATE OF state ON line_check
  FOR EACH ROW EXECUTE FUNCTION check_move('line check');
CREATE OR REPLACE TRIGGER line_hold_move AFTER INSERT OR UPDATE OF state ON line_hold
  FOR EACH ROW EXECUTE FUNCTION check_move('line hold');

CREATE OR REPLACE FUNCTION note_suppression() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- A suppression hits a number that is known, or a number that is suppressed already comes with a list: both are seen of it.
BEGIN
  INSERT INTO evidence (number_id, kind, observed_at) VALUES (NEW.id, 'suppressed', clock());
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER number_suppressed AFTER UPDATE OF suppressed ON number
  FOR EACH ROW WHEN (NEW.suppressed AND NOT OLD.suppressed) EXECUTE FUNCTION note_suppression();
CREATE OR REPLACE TRIGGER number_comes_suppressed AFTER INSERT ON number FOR EACH ROW WHEN (NEW.suppressed) EXECUTE FUNCTION note_suppression();

CREATE OR REPLACE FUNCTION line_rules(p_at timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
SELECT rules FROM line_rule WHERE valid_from <= p_at ORDER BY id DESC LIMIT 1
$$;

CREATE OR REPLACE FUNCTION lapse_checks(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- What was asked and never answered: its number is due again. Whoever asks for numbers does the same on the way.
DECLARE lapsed integer;
BEGIN
  UPDATE line_check SET state = 'lapsed' WHERE id IN
    (SELECT id FROM line_check WHERE state = 'out' AND lapses_at <= clock() ORDER BY lapses_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS lapsed = ROW_COUNT;
  RETURN lapsed;
END $$;

CREATE OR REPLACE FUNCTION ringable(p_pool bigint, p_limit bigint, p_at timestamptz) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- Due numbers that a rep may ring now, the longest due first: a country that may be called, at a lawful hour, and nobody books it. Hours are asked by country,
-- so that what waits for its hour costs no more than its place in the index.
DECLARE
  rules jsonb := (SELECT policy.rules FROM policy_of(p_pool, p_at) AS policy);
  awake text[] := ARRAY(SELECT c.code FROM country AS c WHERE c.may_call AND c.may_store
                        AND (jsonb_typeof(rules -> 'calling_hours') = 'null' OR window_open(c.code, c.zones, p_at)));
BEGIN
  RETURN ARRAY(SELECT n.id FROM number AS n
    WHERE n.recheck_at <= p_at AND n.line_status = 'dead' AND n.e164 IS NOT NULL AND NOT n.suppressed AND n.country = ANY (awake)
      AND NOT EXISTS (SELECT 1 FROM line_check AS c WHERE c.number_id = n.id AND c.state = 'out') AND booked_until('number', n.id, p_at) IS NULL
    ORDER BY n.recheck_at LIMIT p_limit);
END $$;

CREATE OR REPLACE FUNCTION price_of(p_type text, p_prices jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce((p_prices ->> p_type)::numeric, (p_prices ->> 'default')::numeric, 0)
$$;

CREATE OR REPLACE FUNCTION checkable(p_prices jsonb, p_limit bigint, p_at timestamptz) RETURNS bigint[] LANGUAGE sql STABLE AS $$
-- Due numbers that a provider may be asked about, the cheapest first; but nothing waits a month for its price.
SELECT ARRAY(SELECT n.id FROM number AS n
  WHERE n.recheck_at <= p_at AND n.line_status = 'dead' AND n.e164 IS NOT NULL AND NOT n.suppressed
    AND NOT EXISTS (SELECT 1 FROM line_check AS c WHERE c.number_id = n.id AND c.state = 'out')
  ORDER BY n.recheck_at > p_at - interval '30 days', price_of(n.type, p_prices), n.recheck_at, n.id LIMIT p_limit)
$$;

CREATE OR REPLACE FUNCTION take_checks(p_provider text, p_limit integer, p_lapse interval, p_person bigint DEFAULT NULL, p_pool bigint DEFAULT NULL)
RETURNS TABLE (check_id bigint, number_id bigint, e164 text, country text, type text, asked_at timestamptz, verified_at timestamptz) LANGUAGE plpgsql AS $$
-- Gives due numbers to a provider (or to a rep: p_person), within the checks of a day (UTC) and the money of a month.
-- One at a time: the lock makes the counts exact.
#variable_conflict use_column
DECLARE at timestamptz; rules jsonb; prices jsonb; count_left bigint; money_left numeric; due bigint[];
BEGIN
  PERFORM pg_advisory_xact_lock(7305261115);
  at := clock();
  PERFORM lapse_checks(10000);
  rules := line_rules(at);
  prices := CASE WHEN p_provider = 'reps' THEN '{}' ELSE coalesce(rules -> 'prices', '{}') END;
  SELECT least(p_limit, (rules ->> 'daily_budget')::bigint - count(*)) INTO count_left
    FROM line_check AS c WHERE c.asked_at >= date_trunc('day', at, 'UTC');
  IF count_left <= 0 THEN RETURN; END IF;
  SELECT (rules ->> 'monthly_budget')::numeric - coalesce(sum(c.price), 0) INTO money_left
    FROM line_check AS c WHERE c.asked_at >= date_trunc('month', at, 'UTC');
  due := CASE WHEN p_person IS NULL THEN checkable(prices, count_left, at) ELSE ringable(p_pool, count_left, at) END;
  RETURN QUERY
  WITH affordable AS (
    SELECT n.*, price_of(n.type, prices) AS price, sum(price_of(n.type, prices)) OVER (ORDER BY place.nr) AS spent
    FROM unnest(due) WITH ORDINALITY AS place (id, nr) JOIN number AS n ON n.id = place.id
  ), asked AS (
    INSERT INTO line_check AS c (number_id, provider, person_id, price, asked_at, lapses_at)
    SELECT a.id, p_provider, p_person, a.price, at, at + p_lapse FROM affordable AS a WHERE money_left IS NULL OR a.spent <= money_left
    RETURNING c.id, c.number_id
  )
  SELECT asked.id, a.id, a.e164, a.country, a.type, at,
    coalesce((SELECT max(e.observed_at) FROM evidence AS e WHERE e.number_id = a.id AND e.kind = 'live'), a.created_at) FROM asked JOIN affordable AS a ON a.id = asked.number_id ORDER BY asked.id;
END $$;

CREATE OR REPLACE FUNCTION lock_lines(p_numbers bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- Locks the leads of numbers, then the numbers, each by id: what is learned of a number may take it from them.
BEGIN
  PERFORM lock_leads(ARRAY(SELECT DISTINCT lead_id FROM lead_number WHERE number_id = ANY (p_numbers)));
  PERFORM 1 FROM number WHERE id = ANY (p_numbers) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE OR REPLACE FUNCTION forget_stranger(p_number bigint, p_by bigint) RETURNS void LANGUAGE plpgsql AS $$
-- A private person who is nobody's client: the number is suppressed, and only its keyed hash stays. Cells that hold its digits are blanked; in
-- the normal forms of its records a mark of its own stands for it, so that they match nothing by it.
DECLARE digits text := (SELECT e164 FROM number WHERE id = p_number);
BEGIN
  IF digits IS NULL THEN RETURN; END IF;
  PERFORM add_suppressions('number', ARRAY(SELECT key_hash FROM number WHERE id = p_number), 'stranger', 'recheck', p_by => p_by);
  UPDATE raw_row AS w
    SET cells = ARRAY(SELECT CASE WHEN regexp_replace(cell, '\D', '', 'g') LIKE '%' || right(digits, 7) || '%' THEN '' ELSE cell END
                      FROM unnest(w.cells) WITH ORDINALITY AS c (cell, n) ORDER BY n)
    FROM record AS r JOIN record_number AS rn ON rn.record_id = r.id
    WHERE rn.number_id = p_number AND (w.upload_id, w.row_no) = (r.upload_id, r.row_no);
  UPDATE record AS r SET forms = replace(r.forms::text, '"' || digits || '"', '"+0' || p_number || '"')::jsonb
    FROM record_number AS rn WHERE rn.number_id = p_number AND rn.record_id = r.id;
  UPDATE number SET e164 = NULL WHERE id = p_number;
  INSERT INTO audit (actor, action, entity, entity_id) VALUES (p_by, 'stranger_forgotten', 'number', p_number);
END $$;

CREATE OR REPLACE FUNCTION holds_on(p_number bigint, p_person bigint, p_desk text, p_provider text, p_at timestamptz) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 1 AS $$
-- The outage guard's holds on what somebody told of a number then. In SQL: it melts into the statement that asks, which then starts nothing for each observation.
SELECT h.id FROM line_hold AS h WHERE h.state <> 'confirmed' AND p_at >= h.from_at AND (h.until_at IS NULL OR p_at < h.until_at)
  AND CASE h.kind WHEN 'rep' THEN h.subject = p_person::text WHEN 'desk' THEN h.subject = p_desk WHEN 'trunk' THEN h.subject = p_provider WHEN 'hour' THEN true
      ELSE EXISTS (SELECT 1 FROM record_number AS rn JOIN record AS r ON r.id = rn.record_id WHERE rn.number_id = p_number AND r.upload_id::text = h.subject) END
$$;

CREATE OR REPLACE FUNCTION watched_evidence(p_kind text, p_from timestamptz, p_until timestamptz)
RETURNS TABLE (subject text, number_id bigint, kind text, is_recheck boolean) LANGUAGE sql STABLE AS $$
-- What was told of numbers in a time, by whom the guard of this kind watches. Only what was seen of a line, not what people did to it.
-- Rechecks are marked: most dead numbers are still dead, which is no outage.
SELECT w.subject, e.number_id, e.kind,
       EXISTS (SELECT 1 FROM quarantine AS q WHERE q.number_id = e.number_id AND q.opened_at < e.at AND (q.closed_at IS NULL OR q.closed_at >= e.at))
FROM evidence AS e
CROSS JOIN LATERAL (
  SELECT e.person_id::text AS subject WHERE p_kind = 'rep' AND e.person_id IS NOT NULL
  UNION ALL SELECT e.desk WHERE p_kind = 'desk' AND e.desk IS NOT NULL
  UNION ALL SELECT e.provider WHERE p_kind = 'trunk' AND e.provider IS NOT NULL
  UNION ALL SELECT 'all' WHERE p_kind = 'hour'
  UNION ALL SELECT DISTINCT r.upload_id::text FROM record_number AS rn JOIN record AS r ON r.id = rn.record_id
            WHERE p_kind = 'upload' AND rn.number_id = e.number_id
) AS w
WHERE e.at >= p_from AND e.at < p_until AND e.kind NOT IN ('returned', 'extended', 'brought', 'suppressed')
$$;

ALTER FUNCTION take_checks(text, integer, interval, bigint, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION lock_lines(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION lapse_checks(integer) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION forget_stranger(bigint, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
