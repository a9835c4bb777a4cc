-- What lists of a purpose of their own do beyond their rows: moving in, and forgetting what a list must not leave behind.
-- Each runs as the owner, with a fixed search path, and does one thing.

CREATE OR REPLACE FUNCTION move_in_clients(p_clients jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Gives leads the relation and the owner that the old base had, as [{lead, relation, owner}], one a lead. What is known here already is stronger:
-- an owner stays, a customer never becomes a prospect again. Returns how many changed.
DECLARE changed integer;
BEGIN
  UPDATE lead AS l SET relation = CASE WHEN l.relation = 'prospect' THEN coalesce(c.relation, l.relation) ELSE l.relation END,
                       owner_id = coalesce(l.owner_id, c.owner), changed_at = clock()
  FROM jsonb_to_recordset(p_clients) AS c (lead bigint, relation text, owner bigint)
  WHERE l.id = c.lead AND (l.relation = 'prospect' AND coalesce(c.relation, 'prospect') <> 'prospect' OR l.owner_id IS NULL AND c.owner IS NOT NULL);
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;

CREATE OR REPLACE FUNCTION move_in_contacts(p_contacts jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Writes contacts made before moving in, as [{lead, record, person, disposition, contact_made, at, rest_until, product_until, note}]; one that is here already is not
-- written again. They have no assignment and name no number: nobody knows which one was dialled. Returns how many were written.
DECLARE written integer;
BEGIN
  WITH told AS MATERIALIZED (
    SELECT DISTINCT ON (c.lead, c.at, c.disposition) c.* FROM jsonb_to_recordset(p_contacts) AS
      c (lead bigint, record bigint, person bigint, disposition text, contact_made boolean, at timestamptz, rest_until timestamptz, product_until timestamptz, note text)
    WHERE NOT EXISTS (SELECT 1 FROM contact AS old WHERE old.lead_id IN (SELECT lead_tree(c.lead)) AND old.assignment_id IS NULL
                      AND old.at = c.at AND old.disposition = c.disposition)
    ORDER BY c.lead, c.at, c.disposition, c.note NULLS LAST),
  made AS (
    INSERT INTO contact (lead_id, site_id, person_id, pool_id, disposition, contact_made, at, rest_until, record_id)
    SELECT t.lead, l.site_id, t.person, l.pool_id, t.disposition, t.contact_made, t.at, t.rest_until, t.record
    FROM told AS t JOIN lead AS l ON l.id = t.lead ORDER BY t.lead, t.at
    RETURNING id, lead_id, person_id, disposition, at),
  noted AS (
    INSERT INTO note (lead_id, contact_id, person_id, body, at)
    SELECT m.lead_id, m.id, m.person_id, t.note, m.at FROM made AS m JOIN told AS t ON (t.lead, t.at, t.disposition) = (m.lead_id, m.at, m.disposition)
    WHERE t.note IS NOT NULL),
  rested AS (
    INSERT INTO product_rest (lead_id, product_id, until, reason, contact_id)
    SELECT m.lead_id, p.product_id, t.product_until, m.disposition, m.id
    FROM made AS m JOIN told AS t ON (t.lead, t.at, t.disposition) = (m.lead_id, m.at, m.disposition)
    JOIN lead AS l ON l.id = m.lead_id LEFT JOIN pool AS p ON p.id = l.pool_id WHERE t.product_until IS NOT NULL)
  SELECT count(*) INTO written FROM made;
  RETURN written;
END $$;

CREATE OR REPLACE FUNCTION move_in_promises(p_promises jsonb) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Writes what clients were promised before moving in, as [{lead, person, due}]: due at the earliest now, kept free for its person for a working day after that.
-- A promise that is here already is not written again. Returns how many were written.
DECLARE at timestamptz := clock(); written integer;
BEGIN
  INSERT INTO promise (lead_id, kind, person_id, pool_id, why, due_at, grace_until)
  SELECT told.lead, 'callback', told.person, l.pool_id, 'imported', told.due, add_working_days(told.due, 1, r.rules -> 'working_hours', zone_of(told.person))
  FROM (SELECT DISTINCT p.lead, p.person, greatest(p.due, at) AS due FROM jsonb_to_recordset(p_promises) AS p (lead bigint, person bigint, due timestamptz)) AS told
  JOIN lead AS l ON l.id = told.lead CROSS JOIN LATERAL policy_of(l.pool_id, at) AS r
  WHERE NOT EXISTS (SELECT 1 FROM promise AS old WHERE old.lead_id IN (SELECT lead_tree(told.lead)) AND old.state = 'open' AND old.why = 'imported')
  ORDER BY told.lead;
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;

CREATE OR REPLACE FUNCTION settle_moved(p_leads bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- After history was written: the tails of these leads and of their sites, and the queue entries that hang on them.
DECLARE at timestamptz; sites bigint[];
BEGIN
  PERFORM lock_leads(p_leads);
  at := clock();
  sites := ARRAY(SELECT DISTINCT site_id FROM lead WHERE id = ANY (p_leads) AND site_id IS NOT NULL);
  PERFORM set_tail('lead', id, at) FROM unnest(p_leads) AS id;
  PERFORM set_tail('site', id, at) FROM unnest(sites) AS id;
  PERFORM refresh_queue(ARRAY(SELECT unnest(p_leads) UNION SELECT id FROM lead WHERE site_id = ANY (sites)));
END $$;

CREATE OR REPLACE FUNCTION forget_records(p_records bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Removes what was understood of rows that belong to no lead: a trial, or a list that only marks what is here. With them numbers that nobody else gave.
DECLARE numbers bigint[];
BEGIN
  IF EXISTS (SELECT 1 FROM membership WHERE record_id = ANY (p_records)) THEN
    RAISE EXCEPTION 'a record of a lead is not forgotten';
  END IF;
  numbers := ARRAY(SELECT DISTINCT number_id FROM record_number WHERE record_id = ANY (p_records));
  DELETE FROM match_key WHERE record_id = ANY (p_records);
  DELETE FROM record_hash WHERE record_id = ANY (p_records);
  DELETE FROM record_number WHERE record_id = ANY (p_records);
  DELETE FROM record WHERE id = ANY (p_records);
  DELETE FROM number AS n WHERE n.id = ANY (numbers) AND n.line_status = 'unverified' AND n.recheck_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM record_number AS r WHERE r.number_id = n.id)
    AND NOT EXISTS (SELECT 1 FROM lead_number AS l WHERE l.number_id = n.id)
    AND NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.number_id = n.id AND e.kind <> 'suppressed')
    AND NOT EXISTS (SELECT 1 FROM quarantine AS q WHERE q.number_id = n.id)
    AND NOT EXISTS (SELECT 1 FROM detachment AS d WHERE d.number_id = n.id)
    AND NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.number_id = n.id)
    AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.subject_kind = 'number' AND b.subject_id = n.id);
  DELETE FROM evidence AS e WHERE e.number_id = ANY (numbers) AND NOT EXISTS (SELECT 1 FROM number AS n WHERE n.id = e.number_id);
END $$;

CREATE OR REPLACE FUNCTION forget_trial(p_upload bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Removes the rows of a dry run, and whatever was understood of them; its counts stay.
BEGIN
  IF NOT EXISTS (SELECT 1 FROM upload WHERE id = p_upload AND dry_run) THEN
    RAISE EXCEPTION 'only a dry run is forgotten';
  END IF;
  PERFORM forget_records(ARRAY(SELECT id FROM record WHERE upload_id = p_upload));
  DELETE FROM outcome WHERE upload_id = p_upload;
  DELETE FROM raw_row WHERE upload_id = p_upload;
END $$;

CREATE OR REPLACE FUNCTION rest_misread(p_before bigint, p_after bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = leadmill, pg_temp AS $$
-- Numbers that reps called because the first version of a list was misread, and that its next version does not give: whoever answered there was no client
-- of ours and rests. Returns how many there are.
DECLARE called_at timestamptz; misread bigint[];
BEGIN
  misread := ARRAY(
    SELECT DISTINCT rn.number_id FROM record AS r JOIN record_number AS rn ON rn.record_id = r.id
    WHERE r.upload_id = p_before
      AND EXISTS (SELECT 1 FROM contact AS c JOIN membership AS m ON m.record_id = r.id AND m.lead_id = c.lead_id
                  WHERE c.number_id = rn.number_id AND c.assignment_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM record AS n JOIN record_number AS nn ON nn.record_id = n.id
                      WHERE n.upload_id = p_after AND nn.number_id = rn.number_id)
    ORDER BY 1);
  PERFORM 1 FROM number WHERE id = ANY (misread) ORDER BY id FOR NO KEY UPDATE;
  called_at := clock();
  INSERT INTO contact (lead_id, site_id, number_id, pool_id, disposition, contact_made, at, number_rest_until)
  SELECT DISTINCT ON (c.number_id) c.lead_id, c.site_id, c.number_id, c.pool_id, 'misread', false, called_at,
         called_at + make_interval(days => (r.rules ->> 'rest_days')::int)
  FROM contact AS c CROSS JOIN LATERAL policy_of(c.pool_id, called_at) AS r
  WHERE c.number_id = ANY (misread) AND c.assignment_id IS NOT NULL ORDER BY c.number_id, c.at DESC;
  PERFORM set_tail('number', id, called_at) FROM unnest(misread) AS id;
  PERFORM refresh_queue(ARRAY(SELECT lead_id FROM lead_number WHERE number_id = ANY (misread) UNION SELECT lead_id FROM contact WHERE number_id = ANY (misread)));
  RETURN cardinality(misread);
END $$;
