-- Research for leads without a phone: its moves, and whether there is still something to find.

CREATE OR REPLACE TRIGGER research_move AFTER INSERT OR UPDATE OF state ON research
  FOR EACH ROW EXECUTE FUNCTION check_move('research');

CREATE OR REPLACE FUNCTION research_end(p_lead bigint, p_at timestamptz) RETURNS text LANGUAGE plpgsql STABLE AS $$
-- How the research for a lead has ended by itself: found (a number of it can be called), void (nobody may call it any more), or null.
BEGIN
  RETURN CASE
    WHEN NOT EXISTS (SELECT 1 FROM lead WHERE id = p_lead AND state = 'active' AND restricted_at IS NULL) OR is_suppressed(p_lead, p_at) THEN 'void'
    WHEN EXISTS (SELECT 1 FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id WHERE ln.lead_id = p_lead AND n.callable AND ln.kind <> 'fax') THEN 'found'
  END;
END $$;
