-- How much a rep has in work, and whether there is room for more. In PL/pgSQL, so that a claim pays for them only where a rule asks.

CREATE OR REPLACE FUNCTION full_class(p_person bigint, p_rules jsonb, p_at timestamptz) RETURNS text LANGUAGE plpgsql STABLE AS $$
-- The class of leads of which a person has as many in work as the rule allows; null: there is room in each. cold: not worked yet; warm: worked, in the
-- first stage; hot: past it. Promises count in none: what a client was promised is never refused for a cap. Working a lead moves it on, so that a cold one
-- comes in its place. Reads the few that are open, by their index.
BEGIN
  RETURN (
  SELECT held.class FROM (
    SELECT CASE WHEN a.state = 'offered' THEN 'cold'
                WHEN (SELECT l.stage FROM lead AS l WHERE l.id = a.lead_id) = 'qualification' THEN 'warm' ELSE 'hot' END AS class, count(*) AS count
    FROM assignment AS a
    WHERE a.person_id = p_person AND a.state <> 'ended' AND a.expires_at > p_at AND a.promise_id IS NULL GROUP BY 1) AS held
  WHERE held.count >= (p_rules #>> ARRAY['class_caps', held.class])::int ORDER BY held.class LIMIT 1
  );
END $$;

CREATE OR REPLACE FUNCTION has_unfinished(p_person bigint, p_pool bigint, p_rules jsonb, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
-- Whether a pool that gives one lead at a time waits for this person to finish one.
BEGIN
  RETURN coalesce((p_rules ->> 'one_at_a_time')::boolean, false)
     AND EXISTS (SELECT 1 FROM assignment AS a WHERE a.person_id = p_person AND a.state <> 'ended' AND a.expires_at > p_at AND a.pool_id = p_pool);
END $$;

CREATE OR REPLACE FUNCTION has_room(p_person bigint, p_pool bigint, p_rules jsonb, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN full_class(p_person, p_rules, p_at) IS NULL AND NOT has_unfinished(p_person, p_pool, p_rules, p_at);
END $$;

CREATE OR REPLACE FUNCTION unfinished_of(p_persons bigint[], p_at timestamptz) RETURNS TABLE (person_id bigint, assignment_id bigint) LANGUAGE plpgsql STABLE ROWS 1 AS $$
-- What these persons finish first: of what they have in work in pools that give one lead at a time, the oldest. Where no policy asks for it, nobody is looked at.
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT 1 FROM policy WHERE rules @> '{"one_at_a_time": true}') THEN RETURN; END IF;
  RETURN QUERY
  SELECT DISTINCT ON (a.person_id) a.person_id, a.id
  FROM assignment AS a CROSS JOIN LATERAL policy_of(a.pool_id, p_at) AS policy
  WHERE a.person_id = ANY (p_persons) AND a.state <> 'ended' AND a.expires_at > p_at AND policy.rules @> '{"one_at_a_time": true}'
  ORDER BY a.person_id, a.offered_at, a.id;
END $$;
