-- Taking records out of a lead that were never its: they were put there by the matcher, not by a merge of two leads.

CREATE OR REPLACE FUNCTION split_lead(p_lead bigint, p_new bigint, p_records bigint[], p_reason text, p_by bigint) RETURNS text LANGUAGE plpgsql AS $$
-- Moves records that a lead was born with into a new one, which is there already and empty: split, or gone (the lead is no longer active, they are not
-- its own, or nothing of its own would be left). What was called stays called: contacts stay where they were made, and their numbers go on resting.
DECLARE at timestamptz; made bigint; lost bigint[]; ended bigint[];
BEGIN
  PERFORM lock_leads(ARRAY[p_lead, p_new]);
  at := clock();
  IF NOT EXISTS (SELECT 1 FROM lead WHERE id = p_lead AND state = 'active')
    OR (SELECT count(*) FROM membership WHERE lead_id = p_lead AND opened_by IS NULL AND closed_by IS NULL AND record_id = ANY (p_records)) <> cardinality(p_records)
    OR NOT EXISTS (SELECT 1 FROM membership WHERE lead_id = p_lead AND opened_by IS NULL AND closed_by IS NULL AND record_id <> ALL (p_records)) THEN
    RETURN 'gone';
  END IF;
  -- It reads as a merge that is undone: so everybody sees who parted what, and the next training learns from it.
  INSERT INTO merge (winner, loser, match_id, reason) VALUES (p_lead, p_new,
    (SELECT x.id FROM match AS x JOIN membership AS a ON a.record_id = x.record_a AND a.closed_by IS NULL AND a.lead_id = p_lead
     JOIN membership AS b ON b.record_id = x.record_b AND b.closed_by IS NULL AND b.lead_id = p_lead
     WHERE (x.record_a = ANY (p_records)) <> (x.record_b = ANY (p_records)) ORDER BY x.score DESC LIMIT 1), 'matched') RETURNING id INTO made;
  INSERT INTO merge (winner, loser, undoes, reason, made_by) VALUES (p_lead, p_new, made, p_reason, p_by);
  UPDATE membership SET lead_id = p_new WHERE lead_id = p_lead AND record_id = ANY (p_records);
  lost := ARRAY(SELECT number_id FROM lead_number WHERE lead_id = p_lead);
  PERFORM refresh_lead_numbers(ARRAY[p_lead, p_new]);
  lost := ARRAY(SELECT unnest(lost) EXCEPT SELECT number_id FROM lead_number WHERE lead_id = p_lead);
  ended := revoke_assignments('{}', ARRAY(SELECT b.subject_id FROM booking AS b JOIN assignment AS a ON a.id = b.assignment_id
    WHERE a.lead_id = p_lead AND a.state <> 'ended' AND b.subject_kind = 'number' AND b.subject_id = ANY (lost)), 'split', p_by);
  PERFORM set_tail('lead', id, at), CASE WHEN site_id IS NOT NULL THEN set_tail('site', site_id, at) END FROM lead WHERE id IN (p_lead, p_new);
  PERFORM repeat_opt_outs(ARRAY[p_lead, p_new], '-infinity');
  PERFORM refresh_queue(neighbours(ARRAY[p_lead, p_new]));
  RETURN 'split';
END $$;

ALTER FUNCTION split_lead(bigint, bigint, bigint[], text, bigint) SECURITY DEFINER SET search_path = leadmill, pg_temp;
