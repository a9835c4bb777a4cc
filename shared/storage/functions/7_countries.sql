-- Countries that may be called.

CREATE OR REPLACE FUNCTION has_live_pack(p_country text, p_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
-- Whether the law of a country is known today.
SELECT EXISTS (SELECT 1 FROM rule_pack WHERE country = p_country
               AND (p_at AT TIME ZONE 'UTC')::date >= valid_from AND (p_at AT TIME ZONE 'UTC')::date < valid_until)
$$;

CREATE OR REPLACE FUNCTION switch_country(p_country text, p_may_call boolean) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Lets a country be called, or not any more; its leads enter or leave the queue. Returns how many leads it has. Who is in work stays so.
DECLARE leads bigint[];
BEGIN
  UPDATE country SET may_call = p_may_call WHERE code = p_country;
  leads := ARRAY(SELECT id FROM lead WHERE country = p_country AND state = 'active' ORDER BY id);
  IF p_may_call THEN
    INSERT INTO calling_window (country, zones) SELECT code, zones FROM country WHERE code = p_country ON CONFLICT DO NOTHING;
    UPDATE lead AS l SET window_id = w.id FROM country AS c JOIN calling_window AS w ON w.country = c.code AND w.zones = c.zones
      WHERE c.code = p_country AND l.country = c.code AND l.window_id IS NULL;
    PERFORM refresh_lead_windows(leads);
  END IF;
  PERFORM refresh_queue(leads);
  RETURN cardinality(leads);
END $$;
