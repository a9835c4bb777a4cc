-- What a lead is by itself, kept while others are merged into it, so that parting gives each its own back.

CREATE OR REPLACE FUNCTION keep_own_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- What somebody says of a lead that others were merged into is its own; what a merge brings or a parting takes is not.
BEGIN
  IF coalesce(current_setting('leadmill.joining', true), '') = 'on' THEN RETURN NULL; END IF;
  UPDATE own_terms SET relation = CASE WHEN NEW.relation <> OLD.relation THEN NEW.relation ELSE relation END,
      rank = CASE WHEN NEW.rank IS DISTINCT FROM OLD.rank THEN NEW.rank ELSE rank END,
      owner_id = CASE WHEN NEW.owner_id IS DISTINCT FROM OLD.owner_id THEN NEW.owner_id ELSE owner_id END,
      restricted_at = CASE WHEN NEW.restricted_at IS DISTINCT FROM OLD.restricted_at THEN NEW.restricted_at ELSE restricted_at END
    WHERE lead_id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER lead_own_terms AFTER UPDATE OF relation, rank, owner_id, restricted_at ON lead
  FOR EACH ROW WHEN ((OLD.relation, OLD.rank, OLD.owner_id, OLD.restricted_at) IS DISTINCT FROM (NEW.relation, NEW.rank, NEW.owner_id, NEW.restricted_at))
  EXECUTE FUNCTION keep_own_terms();

CREATE OR REPLACE FUNCTION join_terms(p_winner bigint, p_loser bigint) RETURNS void LANGUAGE plpgsql AS $$
-- The winner gets the strictest of both; what it was by itself is kept.
BEGIN
  INSERT INTO own_terms (lead_id, relation, rank, owner_id, restricted_at, bars)
    SELECT id, relation, rank, owner_id, restricted_at,
           (SELECT coalesce(jsonb_agg(to_jsonb(b)), '[]') FROM rep_bar AS b WHERE b.lead_id = l.id)
    FROM lead AS l WHERE id = p_winner ON CONFLICT DO NOTHING;
  PERFORM set_config('leadmill.joining', 'on', true);
  UPDATE lead AS w SET relation = CASE WHEN w.relation = 'prospect' THEN l.relation ELSE w.relation END, rank = coalesce(w.rank, l.rank),
      owner_id = coalesce(w.owner_id, l.owner_id), restricted_at = least(w.restricted_at, l.restricted_at), changed_at = clock()
    FROM lead AS l WHERE w.id = p_winner AND l.id = p_loser;
  PERFORM set_config('leadmill.joining', '', true);
  INSERT INTO rep_bar AS b SELECT p_winner, person_id, until, reason FROM rep_bar WHERE lead_id = p_loser
    ON CONFLICT (lead_id, person_id) DO UPDATE SET (until, reason) = (excluded.until, excluded.reason) WHERE b.until < excluded.until;
END $$;

CREATE OR REPLACE FUNCTION part_terms(p_lead bigint, p_parted bigint) RETURNS void LANGUAGE plpgsql AS $$
-- Takes from a lead what it had only from one that was parted from it or from what was merged into it. What was changed since stays, and so does what a
-- contact of its own made of it.
DECLARE own own_terms; present lead; gone lead; told text;
BEGIN
  SELECT * INTO own FROM own_terms WHERE lead_id = p_lead;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT * INTO present FROM lead WHERE id = p_lead;
  SELECT * INTO gone FROM lead WHERE id = p_parted;
  told := (SELECT max(d.next_step ->> 'relation') FROM contact AS c JOIN disposition AS d ON d.code = c.disposition
           WHERE c.lead_id = p_lead AND d.next_step ->> 'relation' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id));
  PERFORM set_config('leadmill.joining', 'on', true);
  UPDATE lead AS l SET
      relation = CASE WHEN present.relation = gone.relation AND own.relation <> present.relation
                      THEN coalesce(nullif(own.relation, 'prospect'), told, rest.relation, own.relation) ELSE present.relation END,
      rank = CASE WHEN present.rank = gone.rank AND own.rank IS NULL THEN rest.rank ELSE present.rank END,
      owner_id = CASE WHEN present.owner_id = gone.owner_id AND own.owner_id IS NULL THEN rest.owner_id ELSE present.owner_id END,
      restricted_at = CASE WHEN present.restricted_at = gone.restricted_at AND own.restricted_at IS DISTINCT FROM present.restricted_at
                           THEN least(own.restricted_at, rest.restricted_at) ELSE present.restricted_at END
    FROM (SELECT (array_agg(o.relation ORDER BY m.id) FILTER (WHERE o.relation <> 'prospect'))[1] AS relation,
                 (array_agg(o.rank ORDER BY m.id) FILTER (WHERE o.rank IS NOT NULL))[1] AS rank,
                 (array_agg(o.owner_id ORDER BY m.id) FILTER (WHERE o.owner_id IS NOT NULL))[1] AS owner_id, min(o.restricted_at) AS restricted_at
          FROM lead AS o JOIN LATERAL (SELECT max(id) AS id FROM merge WHERE loser = o.id AND undoes IS NULL) AS m ON true
          WHERE o.merged_into = p_lead) AS rest
    WHERE l.id = p_lead;
  PERFORM set_config('leadmill.joining', '', true);
  PERFORM part_bars(p_lead, p_parted, own.bars);
  DELETE FROM own_terms WHERE lead_id = p_lead AND NOT EXISTS (SELECT 1 FROM lead WHERE merged_into = p_lead);
END $$;

CREATE OR REPLACE FUNCTION part_bars(p_lead bigint, p_parted bigint, p_own jsonb) RETURNS void LANGUAGE plpgsql AS $$
-- The bars that came with the parted lead are only its own again; where they stood over shorter ones, those are back.
DECLARE people bigint[];
BEGIN
  WITH lost AS (DELETE FROM rep_bar AS b USING rep_bar AS g
                WHERE b.lead_id = p_lead AND g.lead_id = p_parted AND (g.person_id, g.until, g.reason) = (b.person_id, b.until, b.reason) RETURNING b.person_id)
  SELECT array_agg(person_id) INTO people FROM lost;
  INSERT INTO rep_bar (lead_id, person_id, until, reason)
    SELECT DISTINCT ON (person_id) p_lead, person_id, until, reason FROM (
      SELECT person_id, until, reason FROM jsonb_populate_recordset(NULL::rep_bar, p_own)
      UNION ALL SELECT b.person_id, b.until, b.reason FROM rep_bar AS b JOIN lead AS o ON o.id = b.lead_id WHERE o.merged_into = p_lead) AS left_over
    WHERE person_id = ANY (people) ORDER BY person_id, until DESC;
END $$;
