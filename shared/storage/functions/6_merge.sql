-- Merging and parting leads, and the numbers that follow from their records.

CREATE OR REPLACE FUNCTION wanted_lead_numbers(p_leads bigint[])
RETURNS TABLE (lead_id bigint, number_id bigint, kind text, "position" smallint, extension text) LANGUAGE plpgsql STABLE AS $$
-- The numbers of a lead: those of its records less the detached.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT DISTINCT ON (m.lead_id, rn.number_id) m.lead_id, rn.number_id, rn.kind, rn.position, rn.extension
  FROM membership AS m JOIN record_number AS rn USING (record_id)
  WHERE m.closed_by IS NULL AND m.lead_id = ANY (p_leads)
    AND NOT EXISTS (SELECT 1 FROM detachment AS d WHERE d.lead_id = m.lead_id AND d.number_id = rn.number_id AND d.undone_at IS NULL)
  ORDER BY m.lead_id, rn.number_id, (rn.kind = 'fax'), rn.position, rn.record_id;
END $$;

CREATE OR REPLACE FUNCTION wanted_shared(p_numbers bigint[]) RETURNS TABLE (number_id bigint, shared boolean) LANGUAGE plpgsql STABLE AS $$
-- A number of leads of three or more companies is shared.
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT n.id, (SELECT count(DISTINCT l.site_id) FROM lead_number AS ln JOIN lead AS l ON l.id = ln.lead_id WHERE ln.number_id = n.id) >= 3
  FROM number AS n WHERE n.id = ANY (p_numbers);
END $$;

CREATE OR REPLACE FUNCTION refresh_shared(p_numbers bigint[]) RETURNS void LANGUAGE sql AS $$
UPDATE number SET shared = w.shared FROM wanted_shared(p_numbers) AS w WHERE w.number_id = number.id AND number.shared <> w.shared
$$;

CREATE OR REPLACE FUNCTION refresh_lead_numbers(p_leads bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lead_number AS ln WHERE ln.lead_id = ANY (p_leads)
    AND NOT EXISTS (SELECT 1 FROM wanted_lead_numbers(p_leads) AS w WHERE (w.lead_id, w.number_id) = (ln.lead_id, ln.number_id));
  INSERT INTO lead_number AS ln (lead_id, number_id, kind, position, extension)
  SELECT * FROM wanted_lead_numbers(p_leads)
  ON CONFLICT (lead_id, number_id) DO UPDATE SET (kind, position, extension) = (excluded.kind, excluded.position, excluded.extension)
    WHERE (ln.kind, ln.position, ln.extension) IS DISTINCT FROM (excluded.kind, excluded.position, excluded.extension);
  PERFORM refresh_shared(ARRAY(SELECT DISTINCT number_id FROM lead_number WHERE lead_id = ANY (p_leads)));
  PERFORM refresh_lead_windows(p_leads);
END $$;

CREATE OR REPLACE FUNCTION lock_leads(p_leads bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- Sites, then leads, then numbers, each by id.
BEGIN
  PERFORM 1 FROM site WHERE id IN (SELECT site_id FROM lead WHERE id = ANY (p_leads)) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM lead WHERE id = ANY (p_leads) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM number WHERE id IN (SELECT number_id FROM lead_number WHERE lead_id = ANY (p_leads)) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE OR REPLACE FUNCTION neighbours(p_leads bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- These leads and the others of their sites: what a site rests by bars them all.
BEGIN
  RETURN ARRAY(SELECT unnest(p_leads) UNION SELECT id FROM lead WHERE site_id = ANY (ARRAY(SELECT site_id FROM lead WHERE id = ANY (p_leads) AND site_id IS NOT NULL)));
END $$;

CREATE OR REPLACE FUNCTION are_never_same(p_one bigint, p_other bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
-- Whether a person said of a record of each that they are two.
DECLARE theirs bigint[];
BEGIN
  theirs := ARRAY(SELECT record_id FROM membership WHERE lead_id = p_other AND closed_by IS NULL);
  RETURN EXISTS (SELECT 1 FROM membership AS m JOIN never_same AS n ON n.record_a = m.record_id AND n.record_b = ANY (theirs)
                 WHERE m.lead_id = p_one AND m.closed_by IS NULL)
      OR EXISTS (SELECT 1 FROM membership AS m JOIN never_same AS n ON n.record_b = m.record_id AND n.record_a = ANY (theirs)
                 WHERE m.lead_id = p_one AND m.closed_by IS NULL);
END $$;

CREATE OR REPLACE FUNCTION leads_above(p_lead bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
-- The leads that a merged lead is in, from the next one up to the one that stands for all.
BEGIN
  RETURN (
  WITH RECURSIVE up AS (
    SELECT merged_into AS id, 1 AS step FROM lead WHERE id = p_lead AND merged_into IS NOT NULL
    UNION ALL SELECT l.merged_into, up.step + 1 FROM lead AS l JOIN up ON l.id = up.id WHERE l.merged_into IS NOT NULL
  ) SELECT coalesce(array_agg(id ORDER BY step), '{}') FROM up
  );
END $$;

CREATE OR REPLACE FUNCTION giving_way(p_leads bigint[]) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
-- Of two leads in work the assignment that yields, if one does: only the other rep has spoken with the client, and this one has not begun.
DECLARE spoken bigint[];
BEGIN
  spoken := ARRAY(SELECT l FROM unnest(p_leads) AS l
                  WHERE EXISTS (SELECT 1 FROM promise WHERE lead_id = l AND state = 'open' AND person_id IS NOT NULL)
                     OR EXISTS (SELECT 1 FROM assignment AS a JOIN contact AS c ON c.assignment_id = a.id WHERE a.lead_id = l AND a.state <> 'ended'));
  IF cardinality(spoken) <> 1 THEN RETURN NULL; END IF;
  RETURN (SELECT id FROM assignment WHERE lead_id = ANY (p_leads) AND lead_id <> spoken[1] AND state = 'offered');
END $$;

CREATE OR REPLACE FUNCTION merge_leads(p_winner bigint, p_loser bigint, p_match bigint, p_reason text, p_by bigint) RETURNS text LANGUAGE plpgsql AS $$
-- Joins the loser to the winner: merged, pending (both are held: a review waits until one ends), barred (a person said that they are two, and no person
-- says otherwise now) or gone (one is no longer active). Held by one rep only, that lead wins. Fields of the winner are the caller's to recompute.
DECLARE
  at timestamptz; winner bigint := p_winner; loser bigint := p_loser; held bigint[]; made bigint; yields bigint;
BEGIN
  PERFORM lock_leads(ARRAY[p_winner, p_loser]);
  at := clock();
  IF (SELECT count(*) FROM lead WHERE id IN (p_winner, p_loser) AND state = 'active') < 2 THEN RETURN 'gone'; END IF;
  IF p_by IS NOT NULL THEN  -- a person's newest word counts
    DELETE FROM never_same AS n USING membership AS a, membership AS b
      WHERE a.record_id = n.record_a AND b.record_id = n.record_b AND a.closed_by IS NULL AND b.closed_by IS NULL
        AND a.lead_id IN (winner, loser) AND b.lead_id IN (winner, loser);
  ELSIF are_never_same(winner, loser) THEN RETURN 'barred';
  END IF;
  PERFORM expire_standing(ARRAY[p_winner, p_loser], at);
  yields := giving_way(ARRAY[winner, loser]);
  IF yields IS NOT NULL THEN PERFORM end_assignment(yields, 'merged', at, p_by, 'another rep has spoken with this client'); END IF;
  held := ARRAY(SELECT lead_id FROM assignment WHERE lead_id IN (p_winner, p_loser) AND state <> 'ended');
  IF cardinality(held) = 2 THEN
    INSERT INTO review (lead_a, lead_b, match_id, origin) VALUES (least(winner, loser), greatest(winner, loser), p_match, 'pending') ON CONFLICT DO NOTHING;
    RETURN 'pending';
  ELSIF held = ARRAY[loser] THEN
    winner := p_loser; loser := p_winner;
  END IF;
  INSERT INTO merge (winner, loser, match_id, reason, made_by) VALUES (winner, loser, p_match, p_reason, p_by) RETURNING id INTO made;
  WITH moved AS (UPDATE membership SET closed_by = made WHERE lead_id = loser AND closed_by IS NULL RETURNING record_id)
  INSERT INTO membership (record_id, lead_id, opened_by) SELECT record_id, winner, made FROM moved;
  UPDATE lead SET state = 'merged', merged_into = winner, changed_at = at WHERE id = loser;
  PERFORM join_terms(winner, loser);
  -- What was asked of the loser is asked of the lead that it has become now.
  WITH moot AS (UPDATE review SET state = 'void' WHERE state = 'open' AND loser IN (lead_a, lead_b)
                RETURNING match_id, origin, CASE WHEN lead_a = loser THEN lead_b ELSE lead_a END AS other)
  INSERT INTO review (lead_a, lead_b, match_id, origin)
    SELECT least(winner, other), greatest(winner, other), match_id, origin FROM moot WHERE other <> winner AND NOT are_never_same(winner, other)
    ON CONFLICT DO NOTHING;
  PERFORM refresh_lead_numbers(ARRAY[winner, loser]);
  PERFORM set_tail('lead', winner, at);
  PERFORM set_tail('site', site_id, at) FROM lead WHERE id = winner AND site_id IS NOT NULL;
  IF is_suppressed(winner, at) OR (SELECT restricted_at FROM lead WHERE id = winner) IS NOT NULL THEN
    PERFORM revoke_assignments(ARRAY[winner], '{}', 'suppressed', p_by);
  END IF;
  PERFORM refresh_queue(neighbours(ARRAY[winner, loser]));
  RETURN 'merged';
END $$;

CREATE OR REPLACE FUNCTION unmerge(p_merge bigint, p_reason text, p_by bigint) RETURNS text LANGUAGE plpgsql AS $$
-- Parts what a merge joined, exactly, also after later merges: parted, or gone (undone already, or erased since).
DECLARE
  at timestamptz; old merge; made bigint; holders bigint[]; above bigint[]; one bigint;
BEGIN
  SELECT * INTO old FROM merge WHERE id = p_merge AND undoes IS NULL;
  IF NOT FOUND THEN RETURN 'gone'; END IF;
  above := leads_above(old.loser);
  PERFORM lock_leads(above || old.loser);
  at := clock();
  holders := above[cardinality(above):];
  IF NOT EXISTS (SELECT 1 FROM lead WHERE id = old.loser AND state = 'merged') OR above <> leads_above(old.loser)
    OR EXISTS (SELECT 1 FROM merge WHERE undoes = p_merge) THEN RETURN 'gone'; END IF;
  INSERT INTO merge (winner, loser, undoes, reason, made_by) VALUES (old.winner, old.loser, p_merge, p_reason, p_by) RETURNING id INTO made;
  -- A record belongs to the lead it was born in and to what that has become: what was parted from the loser or joined elsewhere meanwhile stays there.
  WITH back AS (
    UPDATE membership AS now SET closed_by = made FROM membership AS born
    WHERE born.opened_by IS NULL AND born.lead_id IN (SELECT lead_tree(old.loser)) AND now.record_id = born.record_id AND now.closed_by IS NULL
    RETURNING now.record_id)
  INSERT INTO membership (record_id, lead_id, opened_by) SELECT record_id, old.loser, made FROM back;
  UPDATE lead SET state = 'active', merged_into = NULL, changed_at = at WHERE id = old.loser;
  UPDATE lead SET changed_at = at WHERE id = ANY (holders);
  FOREACH one IN ARRAY above LOOP PERFORM part_terms(one, old.loser); END LOOP;
  PERFORM refresh_lead_numbers(holders || old.loser);
  PERFORM set_tail('lead', id, at) FROM lead WHERE id = ANY (above || old.loser);
  PERFORM set_tail('site', site, at) FROM (SELECT DISTINCT site_id AS site FROM lead WHERE id = ANY (above || old.loser) AND site_id IS NOT NULL) AS s;
  PERFORM repeat_opt_outs(holders || old.loser, old.at);
  PERFORM refresh_queue(neighbours(above || old.loser));
  RETURN 'parted';
END $$;
