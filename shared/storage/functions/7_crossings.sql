-- What crosses the services' rights: each runs as the owner, with a fixed search path, and does one thing. All of them are in this file.

CREATE OR REPLACE FUNCTION revoke_assignments(p_leads bigint[], p_numbers bigint[], p_note text, p_by bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Ends what is open on these leads; takes these numbers out of what is open, and ends what has none left. Returns the assignments that ended.
-- The leads and numbers are locked by the caller.
DECLARE at timestamptz := clock(); ended bigint[] := '{}'; one record;
BEGIN
  FOR one IN SELECT a.id, array_agg(DISTINCT b.subject_id) AS numbers FROM assignment AS a JOIN booking AS b ON b.assignment_id = a.id
             WHERE a.state <> 'ended' AND b.subject_kind = 'number' AND b.subject_id = ANY (p_numbers) GROUP BY a.id ORDER BY a.id LOOP
    UPDATE booking SET period = tstzrange(lower(period), at)
      WHERE assignment_id = one.id AND subject_kind = 'number' AND subject_id = ANY (one.numbers) AND lower(period) < at AND upper(period) > at;
    DELETE FROM booking WHERE assignment_id = one.id AND subject_kind = 'number' AND subject_id = ANY (one.numbers) AND lower(period) >= at;
    PERFORM set_tail('number', n, at) FROM unnest(one.numbers) AS n;
    IF NOT EXISTS (SELECT 1 FROM booking WHERE assignment_id = one.id AND subject_kind = 'number' AND upper(period) > at) THEN
      PERFORM end_assignment(one.id, 'revoked', at, p_by, p_note);
      ended := ended || one.id;
    END IF;
  END LOOP;
  FOR one IN SELECT id FROM assignment WHERE state <> 'ended' AND lead_id = ANY (p_leads) ORDER BY id LOOP
    PERFORM end_assignment(one.id, 'revoked', at, p_by, p_note);
    ended := ended || one.id;
  END LOOP;
  RETURN ended;
END $$;

CREATE OR REPLACE FUNCTION add_suppressions(p_scope text, p_hashes bytea[], p_reason text, p_source text, p_channel text DEFAULT 'any', p_purpose text DEFAULT 'any',
                                            p_brand text DEFAULT 'any', p_expires timestamptz DEFAULT NULL, p_by bigint DEFAULT NULL, p_contact bigint DEFAULT NULL,
                                            p_upload bigint DEFAULT NULL, p_register date DEFAULT NULL) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Writes suppressions and, in the same transaction, takes everybody they name out of the queue and out of reps' hands. Returns the assignments that ended.
DECLARE leads bigint[]; numbers bigint[] := '{}'; ended bigint[];
BEGIN
  IF p_scope = 'number' THEN
    numbers := ARRAY(SELECT id FROM number WHERE key_hash = ANY (p_hashes));
    leads := ARRAY(SELECT DISTINCT lead_id FROM lead_number WHERE number_id = ANY (numbers));
  ELSE
    leads := ARRAY(SELECT DISTINCT m.lead_id FROM record_hash AS h JOIN membership AS m ON m.record_id = h.record_id AND m.closed_by IS NULL
                   WHERE h.scope = p_scope AND h.key_hash = ANY (p_hashes));
  END IF;
  PERFORM lock_leads(leads);
  PERFORM 1 FROM number WHERE id = ANY (numbers) ORDER BY id FOR NO KEY UPDATE;
  INSERT INTO suppression (scope, key_hash, channel, purpose, brand, reason, source, register_at, contact_id, upload_id, made_by, expires_at)
    SELECT p_scope, hash, p_channel, p_purpose, p_brand, p_reason, p_source, p_register, p_contact, p_upload, p_by, p_expires FROM unnest(p_hashes) AS hash;
  UPDATE number SET suppressed = true WHERE id = ANY (numbers) AND NOT suppressed;
  ended := revoke_assignments(CASE WHEN p_scope = 'number' THEN '{}' ELSE leads END, numbers, p_reason, p_by);
  PERFORM refresh_queue(leads);
  RETURN ended;
END $$;

CREATE OR REPLACE FUNCTION revoke_suppressed(p_leads bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Records that joined these leads may be of somebody who is suppressed: nobody goes on calling them. Returns the assignments that ended.
DECLARE barred bigint[];
BEGIN
  barred := ARRAY(SELECT DISTINCT m.lead_id FROM membership AS m JOIN record_hash AS h ON h.record_id = m.record_id JOIN suppression AS s USING (key_hash)
                  WHERE m.lead_id = ANY (p_leads) AND m.closed_by IS NULL AND s.scope = h.scope AND s.lifted_at IS NULL
                    AND (s.expires_at IS NULL OR s.expires_at > clock()));
  IF barred = '{}' THEN RETURN '{}'; END IF;
  PERFORM lock_leads(barred);
  RETURN revoke_assignments(barred, '{}', 'suppressed', NULL);
END $$;

CREATE OR REPLACE FUNCTION wanted_suppressed(p_numbers bigint[], p_at timestamptz) RETURNS TABLE (number_id bigint, suppressed boolean) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT n.id, EXISTS (SELECT 1 FROM suppression AS s WHERE s.scope = 'number' AND s.key_hash = n.key_hash AND s.lifted_at IS NULL
                       AND (s.expires_at IS NULL OR s.expires_at > p_at))
  FROM number AS n WHERE n.id = ANY (p_numbers);
END $$;

CREATE OR REPLACE FUNCTION refresh_suppressed(p_numbers bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- After a lift or an expiry: numbers that nothing suppresses any more come back.
BEGIN
  PERFORM 1 FROM number WHERE id = ANY (p_numbers) ORDER BY id FOR NO KEY UPDATE;
  UPDATE number SET suppressed = w.suppressed FROM wanted_suppressed(p_numbers, clock()) AS w WHERE w.number_id = number.id AND number.suppressed <> w.suppressed;
  PERFORM refresh_queue(ARRAY(SELECT DISTINCT lead_id FROM lead_number WHERE number_id = ANY (p_numbers)));
END $$;

CREATE OR REPLACE FUNCTION lift_suppression(p_suppression bigint, p_reason text, p_by bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE hash bytea;
BEGIN
  UPDATE suppression SET lifted_at = clock(), lifted_by = p_by, lift_reason = p_reason WHERE id = p_suppression AND lifted_at IS NULL RETURNING key_hash INTO hash;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM refresh_suppressed(ARRAY(SELECT id FROM number WHERE key_hash = hash));
  PERFORM refresh_queue(ARRAY(SELECT DISTINCT m.lead_id FROM record_hash AS h JOIN membership AS m ON m.record_id = h.record_id AND m.closed_by IS NULL WHERE h.key_hash = hash));
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION worked_leads(p_upload bigint) RETURNS TABLE (lead_id bigint, why text) LANGUAGE sql STABLE AS $$
-- Leads with a record of this upload that somebody has touched, and how: what a withdrawal leaves standing.
SELECT DISTINCT ON (l.id) l.id, t.why
FROM record AS r JOIN membership AS m ON m.record_id = r.id AND m.closed_by IS NULL JOIN lead AS l ON l.id = m.lead_id
CROSS JOIN LATERAL (
  SELECT 'contacted' AS why FROM (SELECT l.id AS lead_id UNION ALL SELECT lead_tree(loser.id) FROM lead AS loser WHERE loser.merged_into = l.id) AS tree
    JOIN contact AS c USING (lead_id) WHERE c.assignment_id IS NOT NULL
  UNION ALL SELECT 'in_work' FROM assignment AS a WHERE a.lead_id = l.id AND a.state <> 'ended'
  UNION ALL SELECT 'promised' FROM promise AS p WHERE p.lead_id = l.id AND p.state = 'open' AND p.why <> 'imported'
  UNION ALL SELECT 'fact' FROM fact AS f WHERE f.lead_id = l.id
) AS t
WHERE r.upload_id = p_upload ORDER BY l.id, t.why
$$;

CREATE OR REPLACE FUNCTION leave_queue(p_leads bigint[]) RETURNS void LANGUAGE sql AS $$
-- Takes leads out of the queue whose lists are in circulation no longer, as refresh_queue() would, in a tenth of its time.
DELETE FROM queue_entry AS q WHERE q.lead_id = ANY (p_leads) AND NOT in_circulation(q.lead_id)
$$;

CREATE OR REPLACE FUNCTION add_request(p_lead bigint, p_upload bigint, p_row bigint) RETURNS bigint LANGUAGE plpgsql AS $$
-- Somebody asks to be contacted. Who holds the lead, or was the last to reach it and is on shift, gets a promise in the place of the rest,
-- to be answered within fifteen working minutes and kept free for a working day; where nobody knows it, anybody of its pool gets the promise, past every cap and
-- norm. Once that has lapsed the lead stands at the front of its pool while the request is open.
<<own>>
DECLARE at timestamptz; mine lead; hours jsonb; holder bigint; made bigint; answer timestamptz; zone text;
BEGIN
  PERFORM lock_lead(p_lead);
  at := clock();
  SELECT * INTO mine FROM lead WHERE id = p_lead;
  SELECT coalesce(
    (SELECT person_id FROM assignment WHERE state <> 'ended' AND expires_at > at AND (lead_id = p_lead OR site_id = mine.site_id) ORDER BY lead_id <> p_lead LIMIT 1),
    (SELECT c.person_id FROM contact AS c JOIN person AS p ON p.id = c.person_id AND p.state = 'active' AND is_worked(p.shift, zone_of(p.id), own.at)
     WHERE c.lead_id IN (SELECT lead_tree(p_lead)) AND c.contact_made ORDER BY c.at DESC LIMIT 1)) INTO holder;
  zone := zone_of(holder);
  hours := coalesce((SELECT shift FROM person WHERE id = holder), (SELECT p.rules -> 'working_hours' FROM policy_of(mine.pool_id, at) AS p));
  answer := add_working_minutes(at, 15, hours, zone);
  INSERT INTO request (lead_id, upload_id, row_no, asked_at, answer_by) VALUES (p_lead, p_upload, p_row, at, answer) RETURNING id INTO made;
  IF coalesce(holder, mine.pool_id) IS NOT NULL THEN
    INSERT INTO promise (lead_id, kind, person_id, pool_id, request_id, why, due_at, grace_until)
    VALUES (p_lead, 'request', holder, mine.pool_id, made, 'request', at, greatest(answer, add_working_days(at, 1, hours, zone)));
    PERFORM set_tail('lead', p_lead, at);
    PERFORM set_tail('site', mine.site_id, at) WHERE mine.site_id IS NOT NULL;
    PERFORM refresh_queue(ARRAY(SELECT id FROM lead WHERE id = p_lead OR site_id = mine.site_id));
  END IF;
  RETURN made;
END $$;

CREATE OR REPLACE FUNCTION withdraw_upload(p_upload bigint, p_reason text, p_by bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Takes back what an upload brought as far as nobody has worked it: merges that its rows caused are undone, the newest first; its records leave their leads
-- (closed_by is minus the upload); a lead without records is withdrawn. Worked leads stay whole: worked_leads() lists them.
-- Returns the leads that lost a record and live on: their fields are the caller's to recompute. The caller holds the upload and has moved it already.
DECLARE undo bigint; leads bigint[]; kept bigint[]; alive bigint[];
BEGIN
  kept := ARRAY(SELECT lead_id FROM worked_leads(p_upload));
  FOR undo IN SELECT m.id FROM merge AS m JOIN match ON match.id = m.match_id
              WHERE match.upload_id = p_upload AND m.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM merge AS u WHERE u.undoes = m.id)
                AND top_lead(m.winner) <> ALL (kept) ORDER BY m.id DESC LOOP
    PERFORM unmerge(undo, p_reason, p_by);
  END LOOP;
  leads := ARRAY(SELECT DISTINCT m.lead_id FROM record AS r JOIN membership AS m ON m.record_id = r.id AND m.closed_by IS NULL WHERE r.upload_id = p_upload);
  PERFORM lock_leads(leads);
  -- only under the locks it is certain what nobody works
  kept := ARRAY(SELECT lead_id FROM worked_leads(p_upload));
  UPDATE membership AS m SET closed_by = -p_upload FROM record AS r
    WHERE r.id = m.record_id AND r.upload_id = p_upload AND m.closed_by IS NULL AND m.lead_id <> ALL (kept);
  alive := ARRAY(SELECT DISTINCT lead_id FROM membership WHERE lead_id = ANY (leads) AND closed_by IS NULL);
  UPDATE lead SET state = 'withdrawn', changed_at = clock() WHERE id = ANY (leads) AND id <> ALL (alive) AND state = 'active';
  UPDATE promise AS p SET state = 'withdrawn', closed_at = clock() FROM lead AS l
    WHERE l.id = p.lead_id AND l.id = ANY (leads) AND l.state = 'withdrawn' AND p.state = 'open';
  PERFORM set_tail('lead', id, clock()), CASE WHEN site_id IS NOT NULL THEN set_tail('site', site_id, clock()) END
    FROM lead WHERE id = ANY (leads) AND state = 'withdrawn' AND id IN (SELECT lead_id FROM promise WHERE lead_id = ANY (leads));
  UPDATE review SET state = 'void' WHERE state = 'open' AND (lead_a = ANY (leads) AND lead_a <> ALL (alive) OR lead_b = ANY (leads) AND lead_b <> ALL (alive));
  PERFORM refresh_lead_numbers(leads);
  PERFORM refresh_shared(ARRAY(SELECT DISTINCT rn.number_id FROM record AS r JOIN record_number AS rn ON rn.record_id = r.id WHERE r.upload_id = p_upload));
  PERFORM leave_queue(leads);
  PERFORM refresh_queue(ARRAY(SELECT unnest(alive) UNION SELECT unnest(neighbours(ARRAY(SELECT lead_id FROM promise WHERE lead_id = ANY (leads))))));
  RETURN ARRAY(SELECT unnest(alive) EXCEPT SELECT unnest(kept));
END $$;

CREATE OR REPLACE FUNCTION detach_number(p_lead bigint, p_number bigint, p_reason text, p_evidence bigint) RETURNS void LANGUAGE plpgsql AS $$
-- A wrong party: the number stays in the base and with the lead's records, but is never called for this lead again.
BEGIN
  INSERT INTO detachment (lead_id, number_id, reason, evidence_id) VALUES (p_lead, p_number, p_reason, p_evidence) ON CONFLICT DO NOTHING;
  PERFORM refresh_lead_numbers(ARRAY[p_lead]);
  PERFORM refresh_shared(ARRAY[p_number]);
  PERFORM refresh_queue(ARRAY[p_lead]);
END $$;

CREATE OR REPLACE FUNCTION detach_strangers(p_numbers bigint[], p_evidence bigint[]) RETURNS void LANGUAGE plpgsql AS $$
-- Numbers with a new owner leave every lead that has them; their leads and they are locked by the caller.
DECLARE leads bigint[] := ARRAY(SELECT DISTINCT lead_id FROM lead_number WHERE number_id = ANY (p_numbers));
BEGIN
  INSERT INTO detachment (lead_id, number_id, reason, evidence_id)
    SELECT ln.lead_id, ln.number_id, 'wrong_party', said.evidence
    FROM unnest(p_numbers, p_evidence) AS said (number, evidence) JOIN lead_number AS ln ON ln.number_id = said.number ON CONFLICT DO NOTHING;
  PERFORM refresh_lead_numbers(leads);
  PERFORM refresh_shared(p_numbers);
  PERFORM refresh_queue(leads);
END $$;

CREATE OR REPLACE FUNCTION undo_detachments(p_contact bigint) RETURNS void LANGUAGE plpgsql AS $$
-- A corrected contact gives back the numbers that it had taken from its lead.
DECLARE leads bigint[]; numbers bigint[];
BEGIN
  WITH undone AS (UPDATE detachment AS d SET undone_at = clock() FROM evidence AS e
                  WHERE e.id = d.evidence_id AND e.contact_id = p_contact AND d.undone_at IS NULL RETURNING d.lead_id, d.number_id)
  SELECT array_agg(DISTINCT lead_id), array_agg(DISTINCT number_id) INTO leads, numbers FROM undone;
  IF leads IS NULL THEN RETURN; END IF;
  PERFORM refresh_lead_numbers(leads);
  PERFORM refresh_shared(numbers);
  PERFORM refresh_queue(leads);
END $$;

CREATE OR REPLACE FUNCTION set_line_statuses(p_numbers bigint[], p_statuses text[], p_reasons text[], p_rechecks timestamptz[], p_stays integer[])
RETURNS void LANGUAGE plpgsql AS $$
-- Writes what the evidence of numbers says (shared/domain/number.py): opens, prolongs or closes their quarantine, and tells their leads' queue entries.
-- The numbers' rows are locked by the caller.
DECLARE at timestamptz := clock(); turned bigint[];
BEGIN
  WITH before AS MATERIALIZED (SELECT id, callable FROM number WHERE id = ANY (p_numbers)),
  written AS (
    UPDATE number AS n SET line_status = said.status, recheck_at = said.recheck
      FROM unnest(p_numbers, p_statuses, p_rechecks) AS said (number, status, recheck) WHERE n.id = said.number RETURNING n.id, n.callable)
  SELECT array_agg(w.id) INTO turned FROM written AS w JOIN before AS b USING (id) WHERE w.callable <> b.callable;
  UPDATE quarantine AS q SET closed_at = at, closed_reason = said.reason
    FROM unnest(p_numbers, p_reasons, p_rechecks, p_stays) AS said (number, reason, recheck, stay)
    WHERE q.number_id = said.number AND q.closed_at IS NULL AND (said.recheck IS NULL OR q.cycle <> said.stay);
  INSERT INTO quarantine AS q (number_id, cycle, reason, opened_at, recheck_at)
    SELECT said.number, said.stay, said.reason, at, said.recheck
    FROM unnest(p_numbers, p_reasons, p_rechecks, p_stays) AS said (number, reason, recheck, stay) WHERE said.recheck IS NOT NULL
    ON CONFLICT (number_id) WHERE closed_at IS NULL DO UPDATE SET recheck_at = excluded.recheck_at, reason = excluded.reason;
  IF turned IS NOT NULL THEN
    PERFORM refresh_queue(ARRAY(SELECT DISTINCT lead_id FROM lead_number WHERE number_id = ANY (turned)));
  END IF;
END $$;

CREATE OR REPLACE FUNCTION erase_person(p_lead bigint, p_by bigint, p_reason text) RETURNS jsonb LANGUAGE plpgsql AS $$
-- Blanks every personal value of a lead and of all that were merged into it; counts, verdicts and chains stay. What is only theirs is suppressed by its
-- keyed hash, so that no list brings them back. Returns what was blanked, by kind (nothing when it was erased already), and under kept_files the uploads
-- whose kept file still has their rows: files are never rewritten, forget_files() ends them by age.
DECLARE tree bigint[]; records bigint[]; others bigint[]; numbers bigint[]; top bigint; done jsonb;
BEGIN
  top := top_lead(p_lead);
  tree := ARRAY(SELECT lead_tree(top));
  PERFORM lock_leads(tree);
  IF NOT EXISTS (SELECT 1 FROM lead WHERE id = top AND state <> 'erased') THEN RETURN '{}'; END IF;
  PERFORM revoke_assignments(tree, '{}', 'erased', p_by);
  UPDATE promise SET state = 'withdrawn', closed_at = clock() WHERE lead_id = ANY (tree) AND state = 'open';
  records := ARRAY(SELECT records_of(tree));
  others := ARRAY(SELECT DISTINCT rn.number_id FROM record_number AS rn JOIN membership AS m ON m.record_id = rn.record_id AND m.closed_by IS NULL
                  JOIN lead AS l ON l.id = m.lead_id AND l.id <> ALL (tree) AND l.state <> 'erased'
                  WHERE rn.number_id IN (SELECT number_id FROM record_number WHERE record_id = ANY (records)));
  numbers := ARRAY(SELECT number_id FROM record_number WHERE record_id = ANY (records) EXCEPT SELECT unnest(others));
  PERFORM 1 FROM number WHERE id = ANY (numbers) ORDER BY id FOR NO KEY UPDATE;
  done := jsonb_build_object('leads', cardinality(tree), 'records', cardinality(records), 'numbers', cardinality(numbers),
    'notes', (SELECT count(*) FROM note WHERE lead_id = ANY (tree)), 'facts', (SELECT count(*) FROM fact WHERE lead_id = ANY (tree)),
    'consents', (SELECT count(*) FROM consent WHERE lead_id = ANY (tree) OR record_id = ANY (records)),
    'kept_files', (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM upload
                   WHERE blob_key IS NOT NULL AND id IN (SELECT upload_id FROM record WHERE id = ANY (records))));
  INSERT INTO suppression (scope, key_hash, reason, source, made_by)
    SELECT 'number', key_hash, 'erased', 'erasure', p_by FROM number WHERE id = ANY (numbers)
    UNION SELECT h.scope, h.key_hash, 'erased', 'erasure', p_by FROM record_hash AS h WHERE h.record_id = ANY (records) AND h.scope IN ('email', 'person')
      AND NOT EXISTS (SELECT 1 FROM record_hash AS other JOIN membership AS m ON m.record_id = other.record_id AND m.closed_by IS NULL
                      JOIN lead AS l ON l.id = m.lead_id AND l.id <> ALL (tree) AND l.state <> 'erased' WHERE (other.scope, other.key_hash) = (h.scope, h.key_hash));
  UPDATE number SET e164 = NULL, suppressed = true WHERE id = ANY (numbers);
  -- With their rows those of a rep's proposals about them that gave no lead: nobody else's erasure would find these.
  UPDATE raw_row AS w SET cells = array_fill(''::text, ARRAY[cardinality(cells)])
    WHERE (w.upload_id, w.row_no) IN (SELECT upload_id, row_no FROM record WHERE id = ANY (records)
      UNION SELECT p.upload_id, p.row_no FROM proposal AS p JOIN outcome AS o USING (upload_id, row_no) WHERE p.lead_id = ANY (tree) AND o.lead_id IS NULL
      UNION SELECT upload_id, row_no FROM outcome WHERE lead_id = ANY (tree) AND record_id IS NULL)  -- rows that only marked them: an opt-out, a past contact
      AND cardinality(cells) > 0;
  UPDATE proposal SET body = NULL WHERE lead_id = ANY (tree) OR (upload_id, row_no) IN (SELECT upload_id, row_no FROM record WHERE id = ANY (records));
  UPDATE record SET fields = '{}', forms = '[]', problems = NULL WHERE id = ANY (records);
  DELETE FROM match_key WHERE record_id = ANY (records);
  UPDATE lead SET fields = '{}', provenance = NULL, state = 'erased', merged_into = NULL, changed_at = clock() WHERE id = ANY (tree);
  UPDATE review SET state = 'void' WHERE state = 'open' AND (lead_a = ANY (tree) OR lead_b = ANY (tree));
  UPDATE note SET body = NULL, spoke_with = NULL WHERE lead_id = ANY (tree);
  UPDATE fact SET value = NULL WHERE lead_id = ANY (tree);
  UPDATE consent SET words = NULL, proof = NULL WHERE lead_id = ANY (tree) OR record_id = ANY (records);
  UPDATE assignment SET end_note = NULL WHERE lead_id = ANY (tree) AND end_note IS NOT NULL;
  DELETE FROM lead_number WHERE lead_id = ANY (tree);
  PERFORM refresh_shared(ARRAY(SELECT DISTINCT number_id FROM record_number WHERE record_id = ANY (records)));
  PERFORM set_tail('lead', id, clock()), CASE WHEN site_id IS NOT NULL THEN set_tail('site', site_id, clock()) END FROM lead WHERE id = ANY (tree);
  PERFORM refresh_queue(neighbours(tree));
  INSERT INTO audit (actor, action, entity, entity_id, detail) VALUES (p_by, 'erase_person', 'lead', top, done || jsonb_build_object('reason', p_reason));
  RETURN done;
END $$;

CREATE OR REPLACE FUNCTION erase_rows(p_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
-- Blanks the raw cells of uploads older than that; what was understood of them stays in records. Returns the rows blanked.
DECLARE blanked bigint;
BEGIN
  UPDATE raw_row AS w SET cells = array_fill(''::text, ARRAY[cardinality(cells)]) FROM upload AS u
    WHERE u.id = w.upload_id AND u.created_at < p_before AND cardinality(cells) > 0 AND cells <> array_fill(''::text, ARRAY[cardinality(cells)]);
  GET DIAGNOSTICS blanked = ROW_COUNT;
  IF blanked > 0 THEN
    INSERT INTO audit (action, detail) VALUES ('erase_rows', jsonb_build_object('rows', blanked, 'before', p_before));
  END IF;
  RETURN blanked;
END $$;

CREATE OR REPLACE FUNCTION forget_files(p_before timestamptz) RETURNS text[] LANGUAGE plpgsql AS $$
-- Forgets the kept files of uploads older than that and returns their keys, for the caller to delete.
DECLARE keys text[];
BEGIN
  WITH old AS (SELECT id, blob_key FROM upload WHERE created_at < p_before AND blob_key IS NOT NULL AND state IN ('ready', 'failed', 'withdrawn') FOR UPDATE),
  forgotten AS (UPDATE upload SET blob_key = NULL FROM old WHERE old.id = upload.id)
  SELECT array_agg(blob_key) INTO keys FROM old;
  IF keys IS NOT NULL THEN
    INSERT INTO audit (action, detail) VALUES ('forget_files', jsonb_build_object('files', cardinality(keys), 'before', p_before));
  END IF;
  RETURN coalesce(keys, '{}');
END $$;

ALTER FUNCTION check_move() SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION check_offers() SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION check_circulation() SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION refresh_queue(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION enqueue_new_leads(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION refresh_statistics() SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION refresh_lead_numbers(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION merge_leads(bigint, bigint, bigint, text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION unmerge(bigint, text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION revoke_assignments(bigint[], bigint[], text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION add_suppressions(text, bytea[], text, text, text, text, text, timestamptz, bigint, bigint, bigint, date) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION revoke_suppressed(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION refresh_suppressed(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION lift_suppression(bigint, text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION leave_queue(bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION add_request(bigint, bigint, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION withdraw_upload(bigint, text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION worked_leads(bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION detach_number(bigint, bigint, text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION detach_strangers(bigint[], bigint[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION undo_detachments(bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION bar_rep(bigint, bigint, integer, text, timestamptz) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION set_line_statuses(bigint[], text[], text[], timestamptz[], integer[]) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION erase_person(bigint, bigint, text) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION erase_rows(timestamptz) SECURITY DEFINER SET search_path = leadmill, pg_temp;
ALTER FUNCTION forget_files(timestamptz) SECURITY DEFINER SET search_path = leadmill, pg_temp;
