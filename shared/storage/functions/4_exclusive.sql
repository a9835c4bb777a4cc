-- Who the client is: the company site, or, where a pool's policy loosens it, the person.

CREATE OR REPLACE FUNCTION settle_pool_sites(p_pool bigint) RETURNS void LANGUAGE plpgsql AS $$
-- After a pool became looser or stricter: sites that its contacts and promises book, or did, follow at once, and so do the leads that wait for them.
-- Assignments that stand end as they began. Looks at all that the pool ever rested: once a change, never in a hand-out.
DECLARE sites bigint[]; at timestamptz;
BEGIN
  sites := ARRAY(
    SELECT b.subject_id FROM booking AS b WHERE b.subject_kind = 'site' AND upper(b.period) > clock()
      AND EXISTS (SELECT 1 FROM lead AS l WHERE l.site_id = b.subject_id AND l.pool_id = p_pool)
    UNION SELECT l.site_id FROM assignment AS a JOIN lead AS l ON l.id = a.lead_id WHERE a.pool_id = p_pool AND a.state <> 'ended' AND l.site_id IS NOT NULL
    UNION SELECT c.site_id FROM contact AS c WHERE c.pool_id = p_pool AND c.rest_until > clock() AND c.site_id IS NOT NULL
    UNION SELECT l.site_id FROM promise AS p JOIN lead AS l ON l.id = p.lead_id WHERE p.state = 'open' AND l.pool_id = p_pool AND l.site_id IS NOT NULL);
  PERFORM 1 FROM site WHERE id = ANY (sites) ORDER BY id FOR NO KEY UPDATE;
  at := clock();
  PERFORM set_tail('site', id, at) FROM unnest(sites) AS id;
  PERFORM refresh_queue(ARRAY(SELECT id FROM lead WHERE site_id = ANY (sites)));
END $$;

CREATE OR REPLACE FUNCTION follow_policy() RETURNS trigger LANGUAGE plpgsql AS $$
-- A new policy or pool: pools whose rule `exclusive` reads otherwise now.
DECLARE changed bigint;
BEGIN
  FOR changed IN
    UPDATE pool SET by_person = NOT by_person
    WHERE by_person <> (SELECT coalesce(rules ->> 'exclusive', 'site') = 'person' FROM policy_of(pool.id, clock())) RETURNING id
  LOOP
    PERFORM settle_pool_sites(changed);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER policy_follow AFTER INSERT ON policy FOR EACH STATEMENT EXECUTE FUNCTION follow_policy();
CREATE OR REPLACE TRIGGER pool_follow AFTER INSERT ON pool FOR EACH STATEMENT EXECUTE FUNCTION follow_policy();
