-- Working time. All take the instant as an argument: one clock() read per transaction, after its locks.

CREATE OR REPLACE FUNCTION add_working_minutes(p_from timestamptz, p_minutes integer, p_hours jsonb, p_zone text)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
-- p_hours: {"opens": "09:00", "closes": "18:00", "weekdays": [1..7]}; JSON null or SQL null means that every minute counts.
DECLARE
  here timestamp := p_from AT TIME ZONE p_zone;
  left_over interval := make_interval(mins => p_minutes);
  opens time; closes time;
BEGIN
  IF p_hours IS NULL OR jsonb_typeof(p_hours) <> 'object' THEN
    RETURN p_from + left_over;
  END IF;
  opens := (p_hours ->> 'opens')::time; closes := (p_hours ->> 'closes')::time;
  FOR day IN 0 .. 3660 LOOP
    IF p_hours -> 'weekdays' @> to_jsonb(extract(isodow FROM here)::int) AND here::time < closes THEN
      here := greatest(here, here::date + opens);
      IF here + left_over <= here::date + closes THEN
        RETURN (here + left_over) AT TIME ZONE p_zone;
      END IF;
      left_over := left_over - (here::date + closes - here);
    END IF;
    here := (here::date + 1) + opens;
  END LOOP;
  RAISE EXCEPTION 'no working time in ten years: check working_hours';
END $$;

CREATE OR REPLACE FUNCTION add_working_days(p_from timestamptz, p_days integer, p_hours jsonb, p_zone text)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
-- The same length of work as that many full working days.
BEGIN
  IF p_hours IS NULL OR jsonb_typeof(p_hours) <> 'object' THEN
    RETURN p_from + make_interval(days => p_days);
  END IF;
  RETURN add_working_minutes(p_from, p_days * (extract(epoch FROM (p_hours ->> 'closes')::time - (p_hours ->> 'opens')::time) / 60)::int, p_hours, p_zone);
END $$;

CREATE OR REPLACE FUNCTION is_worked(p_hours jsonb, p_zone text, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
-- Whether a time lies in working hours; without any, every minute counts.
DECLARE here timestamp := p_at AT TIME ZONE p_zone;
BEGIN
  RETURN p_hours IS NULL OR jsonb_typeof(p_hours) <> 'object'
      OR p_hours -> 'weekdays' @> to_jsonb(extract(isodow FROM here)::int) AND here::time >= (p_hours ->> 'opens')::time AND here::time < (p_hours ->> 'closes')::time;
END $$;

CREATE OR REPLACE FUNCTION policy_of(p_pool bigint, p_at timestamptz) RETURNS TABLE (policy_id bigint, rules jsonb) LANGUAGE sql STABLE ROWS 1 AS $$
-- The pool's newest version over the newest defaults: an absent key inherits, a JSON null lifts. In SQL, so that it melts into the statement that asks.
SELECT coalesce(own.id, base.id), base.rules || coalesce(own.rules, '{}')
FROM (SELECT id, rules FROM policy WHERE pool_id IS NULL AND valid_from <= p_at ORDER BY version DESC LIMIT 1) AS base
LEFT JOIN LATERAL (SELECT id, rules FROM policy WHERE pool_id = p_pool AND valid_from <= p_at ORDER BY version DESC LIMIT 1) AS own ON true
OFFSET 0  -- the two are joined once, however often the asker reads them
$$;

CREATE OR REPLACE FUNCTION zone_of(p_person bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
  SELECT coalesce((SELECT team.zone FROM person JOIN team ON team.id = person.team_id WHERE person.id = p_person), 'UTC')
  );
END $$;
