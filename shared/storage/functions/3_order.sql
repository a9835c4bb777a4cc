-- The place of a lead in the queue: its rank and since when it waits (queue_rank), what its source and line of business were worth, and the mix.

CREATE OR REPLACE FUNCTION mix_s(p_lead bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
-- Spreads what comes together over a day of places, by multiples of the golden ratio: of every stretch of the order each list, town and rank of that day has
-- its share, so that every rep's next leads are the same mix, whoever was away or comes late. In blocks of eight: a short list keeps its order.
SELECT ((p_lead / 8 * 0.6180339887498949::float8 - floor(p_lead / 8 * 0.6180339887498949::float8)) * 86400)::bigint
$$;

CREATE OR REPLACE FUNCTION first_source(p_lead bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- The source that brought a lead.
BEGIN
  RETURN (SELECT r.source_id FROM membership AS m JOIN record AS r ON r.id = m.record_id WHERE m.lead_id = p_lead AND m.closed_by IS NULL ORDER BY r.id LIMIT 1);
END $$;

CREATE OR REPLACE FUNCTION return_rise(p_within integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
-- Days off the place of a lead that nobody has tried and its vendor takes back: were five weeks of others waiting, it would still be tried within half its window.
SELECT greatest(5, 35 - p_within)
$$;

CREATE OR REPLACE FUNCTION queue_place(p_lead bigint, p_rank text, p_fields jsonb, p_created timestamptz, p_called timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- Lower is served first. p_called: when the lead was last called; null: never. Scores count as they stood when it began to wait.
DECLARE since timestamptz := coalesce(p_called, p_created); place bigint := queue_rank(p_rank, since) + mix_s(p_lead); advance real; within integer; branch text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM score) THEN RETURN place; END IF;
  SELECT s.advance_days, s.within_days INTO advance, within FROM score AS s WHERE s.source_id = first_source(p_lead) AND s.at <= since ORDER BY s.at DESC LIMIT 1;
  place := place - (coalesce(advance, 0) * 86400)::bigint;
  branch := coalesce(p_fields ->> 'industry_code', p_fields ->> 'industry');
  IF branch IS NOT NULL THEN
    advance := (SELECT s.advance_days FROM score AS s WHERE s.industry = branch AND s.at <= since ORDER BY s.at DESC LIMIT 1);
    place := place - (coalesce(advance, 0) * 86400)::bigint;
  END IF;
  IF p_called IS NULL AND within IS NOT NULL THEN
    place := place - return_rise(within) * 86400;
  END IF;
  RETURN place;
END $$;

CREATE OR REPLACE FUNCTION refresh_scores() RETURNS integer LANGUAGE plpgsql AS $$
-- Counts anew what leads of each source and line of business came to within a year, and writes what has changed. A rate is taken as if twenty leads more had
-- done as usual; twice as good as usual is worth two days, at most four either way, and so is twice the weight.
DECLARE at timestamptz := clock(); written integer;
BEGIN
  WITH worked AS MATERIALIZED (
    SELECT top.id, top.fields, bool_or(d.next_step ->> 'relation' = 'customer' OR d.next_step ->> 'kind' = 'appointment' OR c.stage <> 'qualification') IS TRUE AS won
    FROM contact AS c JOIN disposition AS d ON d.code = c.disposition JOIN lead AS top ON top.id = top_lead(c.lead_id)
    WHERE c.assignment_id IS NOT NULL AND c.at > clock() - interval '365 days' AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)
    GROUP BY top.id),
  usual AS (SELECT coalesce(avg(won::int), 0)::float8 AS rate FROM worked),
  about AS (
    SELECT s.id AS source_id, NULL::text AS industry, greatest(s.weight, 1) AS weight, s.return_window_days / 2 AS within_days,
           count(w.id) AS tried, count(*) FILTER (WHERE w.won) AS won
    FROM source AS s LEFT JOIN worked AS w ON first_source(w.id) = s.id GROUP BY s.id
    UNION ALL
    SELECT NULL, coalesce(w.fields ->> 'industry_code', w.fields ->> 'industry'), 100, NULL, count(*), count(*) FILTER (WHERE w.won)
    FROM worked AS w WHERE coalesce(w.fields ->> 'industry_code', w.fields ->> 'industry') IS NOT NULL GROUP BY 2),
  rated AS (
    SELECT about.*, u.rate AS usual, (about.won + 20 * u.rate) / (about.tried + 20) AS rate FROM about CROSS JOIN usual AS u),
  scored AS (
    SELECT r.*, round(greatest(-4, least(4, CASE WHEN r.usual > 0 THEN 2 * log(2, greatest(r.rate / r.usual, 0.01)::numeric) ELSE 0 END
                                           + 2 * log(2, r.weight / 100.0))), 1)::real AS advance_days FROM rated AS r)
  INSERT INTO score (source_id, industry, tried, won, rate, usual_rate, weight, advance_days, within_days, at)
  SELECT s.source_id, s.industry, s.tried, s.won, s.rate, s.usual, s.weight, s.advance_days, s.within_days, at
  FROM scored AS s
  LEFT JOIN LATERAL (SELECT o.advance_days, o.within_days FROM score AS o
                     WHERE o.source_id = s.source_id OR o.industry = s.industry ORDER BY o.id DESC LIMIT 1) AS had ON true
  WHERE (coalesce(had.advance_days, 0), had.within_days) IS DISTINCT FROM (s.advance_days, s.within_days);
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;
