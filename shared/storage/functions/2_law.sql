-- When a country's people may be called: hours and days off of their own zones. What is not surely lawful is not done.

CREATE OR REPLACE FUNCTION window_bar(p_country text, p_zones text[], p_at timestamptz) RETURNS text LANGUAGE plpgsql STABLE AS $$
-- Why nobody of a window may be called at a time; null: lawful in every zone of it. A country without a live pack is closed.
BEGIN
  RETURN (
  SELECT CASE WHEN bool_or(pack.newest IS NULL) THEN 'no_rule_pack' WHEN bool_or(off.day IS NOT NULL) THEN 'holiday'
              WHEN NOT bool_and(coalesce(hours.open, false)) THEN 'closed_hours' END
  FROM unnest(p_zones) AS zone
  CROSS JOIN LATERAL (SELECT p_at AT TIME ZONE zone AS here) AS local
  LEFT JOIN LATERAL (SELECT max(valid_from) AS newest FROM rule_pack
                     WHERE country = p_country AND here::date >= valid_from AND here::date < valid_until) AS pack ON true
  LEFT JOIN LATERAL (SELECT true AS open FROM rule_pack
                     WHERE country = p_country AND valid_from = pack.newest AND extract(isodow FROM here)::smallint = ANY (weekdays)
                       AND here::time >= opens AND here::time < closes LIMIT 1) AS hours ON true
  LEFT JOIN LATERAL (SELECT h.day FROM holiday AS h WHERE h.country = p_country AND h.day = here::date LIMIT 1) AS off ON true
  );
END $$;

CREATE OR REPLACE FUNCTION window_open(p_country text, p_zones text[], p_at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN coalesce(cardinality(p_zones) > 0, false) AND window_bar(p_country, p_zones, p_at) IS NULL;
END $$;

CREATE OR REPLACE FUNCTION window_turns(p_country text, p_zones text[], p_at timestamptz, p_days integer) RETURNS SETOF timestamptz LANGUAGE sql STABLE AS $$
-- The times of the next days at which a window may open or close: its hours, and the midnights of its zones.
SELECT DISTINCT turn FROM unnest(p_zones) AS zone
CROSS JOIN generate_series(0, p_days) AS ahead
CROSS JOIN (SELECT opens AS at FROM rule_pack WHERE country = p_country UNION SELECT closes FROM rule_pack WHERE country = p_country UNION SELECT '00:00') AS clock_time
CROSS JOIN LATERAL (SELECT ((p_at AT TIME ZONE zone)::date + ahead + clock_time.at) AT TIME ZONE zone AS turn) AS t
WHERE turn > p_at ORDER BY turn
$$;

CREATE OR REPLACE FUNCTION window_opens_at(p_country text, p_zones text[], p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
-- When a window that is shut opens; null when no time of the next two weeks does.
SELECT min(turn) FROM window_turns(p_country, p_zones, p_at, 14) AS turn WHERE window_open(p_country, p_zones, turn)
$$;

CREATE OR REPLACE FUNCTION window_is_open(p_window calling_window, p_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
-- The same answer as window_open(), which it asks only where nothing was computed in advance: what a claim reads for every window.
SELECT CASE WHEN p_at >= p_window.known_from AND p_at < p_window.known_until THEN p_window.known_open
       ELSE window_open(p_window.country, p_window.zones, p_at) END
$$;

CREATE OR REPLACE FUNCTION foresee_windows(p_limit integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Computes in advance whether windows are open, and until when that holds, a day at most. Nothing depends on it but the cost of a claim.
DECLARE next calling_window; at timestamptz := clock(); is_open boolean; done integer := 0;
BEGIN
  FOR next IN SELECT * FROM calling_window WHERE known_until IS NULL OR known_until <= at + interval '10 minutes' OR known_from > at
              ORDER BY known_until NULLS FIRST LIMIT p_limit LOOP
    is_open := window_open(next.country, next.zones, at);
    UPDATE calling_window SET known_open = is_open, known_from = at, known_until = least(at + interval '1 day', (
      SELECT turn FROM window_turns(next.country, next.zones, at, 2) AS turn WHERE window_open(next.country, next.zones, turn) <> is_open LIMIT 1))
    WHERE id = next.id;
    done := done + 1;
  END LOOP;
  RETURN done;
END $$;

CREATE OR REPLACE FUNCTION forget_windows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- The law changed: what was computed in advance holds no more.
BEGIN
  UPDATE calling_window SET known_open = NULL, known_from = NULL, known_until = NULL WHERE known_from IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER rule_pack_forget AFTER INSERT OR UPDATE OR DELETE ON rule_pack FOR EACH STATEMENT EXECUTE FUNCTION forget_windows();
CREATE OR REPLACE TRIGGER holiday_forget AFTER INSERT OR UPDATE OR DELETE ON holiday FOR EACH STATEMENT EXECUTE FUNCTION forget_windows();

CREATE OR REPLACE FUNCTION wanted_zones(p_leads bigint[]) RETURNS TABLE (lead_id bigint, country text, zones text[]) LANGUAGE plpgsql STABLE AS $$
-- Where the leads of countries with several clocks may be: every zone that one of their numbers may be in; all of the country's where nothing is known.
-- A zone is told by the area code. In one plan, as it stands: 0.1 ms a lead, where a function called for each number took 2.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH own AS (
    SELECT l.id, c.code, c.zones AS every,
           (SELECT d.zones FROM dial_zone AS d WHERE d.country = c.code AND d.prefix = ANY (ARRAY[substr(n.e164, 2, 1), substr(n.e164, 2, 2),
              substr(n.e164, 2, 3), substr(n.e164, 2, 4), substr(n.e164, 2, 5), substr(n.e164, 2, 6), substr(n.e164, 2, 7), substr(n.e164, 2, 8)])
            ORDER BY length(d.prefix) DESC LIMIT 1) AS zones
    FROM lead AS l JOIN country AS c ON c.code = l.country AND cardinality(c.zones) > 1
    LEFT JOIN lead_number AS ln ON ln.lead_id = l.id AND ln.kind <> 'fax'
    LEFT JOIN number AS n ON n.id = ln.number_id
    WHERE l.id = ANY (p_leads) AND l.window_id IS NOT NULL),
  each AS (SELECT DISTINCT own.id, own.code, own.every, zone FROM own LEFT JOIN LATERAL unnest(own.zones) AS zone ON true)
  SELECT each.id, each.code, CASE WHEN bool_and(each.zone IS NOT NULL)
    THEN array_agg(each.zone ORDER BY array_position(each.every, each.zone)) ELSE each.every END
  FROM each GROUP BY each.id, each.code, each.every;
END $$;

CREATE OR REPLACE FUNCTION refresh_lead_windows(p_leads bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- Puts leads into the window of the zones that they may be in; called when their numbers changed, before their queue entries are refreshed.
DECLARE leads bigint[]; countries text[]; zones text[];
BEGIN
  IF NOT EXISTS (SELECT 1 FROM lead AS l JOIN country AS c ON c.code = l.country AND cardinality(c.zones) > 1 WHERE l.id = ANY (p_leads)) THEN RETURN; END IF;
  SELECT array_agg(w.lead_id), array_agg(w.country), array_agg(w.zones::text) INTO leads, countries, zones FROM wanted_zones(p_leads) AS w;
  INSERT INTO calling_window (country, zones) SELECT DISTINCT w.country, w.zones::text[] FROM unnest(countries, zones) AS w (country, zones)
    WHERE NOT EXISTS (SELECT 1 FROM calling_window AS cw WHERE cw.country = w.country AND cw.zones = w.zones::text[]) ON CONFLICT DO NOTHING;
  UPDATE lead AS l SET window_id = cw.id FROM unnest(leads, countries, zones) AS w (lead_id, country, zones)
    JOIN calling_window AS cw ON cw.country = w.country AND cw.zones = w.zones::text[]
    WHERE l.id = w.lead_id AND l.window_id <> cw.id;
END $$;
