-- Reviews that a person has put off.

CREATE OR REPLACE FUNCTION ask_again(p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
-- What was put off a week ago is asked again, while both leads are there and nobody asks it already.
DECLARE due bigint[];
BEGIN
  due := ARRAY(SELECT r.id FROM review AS r JOIN lead AS a ON a.id = r.lead_a JOIN lead AS b ON b.id = r.lead_b
               WHERE r.state = 'later' AND r.decided_at <= clock() - interval '7 days' AND 'active' IN (a.state, b.state) AND 'erased' NOT IN (a.state, b.state)
                 AND NOT EXISTS (SELECT 1 FROM review AS o WHERE (o.lead_a, o.lead_b) = (r.lead_a, r.lead_b) 
                                   AND (o.state = 'open' OR o.state = 'later' AND o.id > r.id))
               ORDER BY r.id LIMIT p_limit FOR NO KEY UPDATE OF r SKIP LOCKED);
  UPDATE review SET state = 'open' WHERE id = ANY (due);
  RETURN cardinality(due);
END $$;
