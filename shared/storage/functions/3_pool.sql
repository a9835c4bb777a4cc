-- Which pool a lead enters.

CREATE OR REPLACE FUNCTION pool_for(p_country text, p_source_kind text, p_fields jsonb, p_at timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- The first live rule whose every condition names a value of the lead, else the pool default. Conditions are on country, source_kind or any field.
BEGIN
  RETURN coalesce(
    (SELECT rule.pool_id FROM pool_rule AS rule
     WHERE rule.valid_from <= p_at AND (rule.valid_until IS NULL OR rule.valid_until > p_at)
       AND NOT EXISTS (
         SELECT 1 FROM jsonb_each(rule.condition) AS wanted
         CROSS JOIN LATERAL (SELECT CASE wanted.key WHEN 'country' THEN to_jsonb(p_country) WHEN 'source_kind' THEN to_jsonb(p_source_kind)
                                    ELSE p_fields -> wanted.key END AS value) AS own
         WHERE own.value IS NULL OR NOT EXISTS (
           SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(own.value) WHEN 'array' THEN own.value ELSE jsonb_build_array(own.value) END) AS one
           WHERE wanted.value @> one))
     ORDER BY rule.position, rule.valid_from DESC LIMIT 1),
    (SELECT id FROM pool WHERE name = 'default'));
END $$;
