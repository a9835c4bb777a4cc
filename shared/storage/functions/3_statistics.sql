-- What the planner knows of tables that a list has just filled.

CREATE OR REPLACE FUNCTION refresh_statistics() RETURNS void LANGUAGE plpgsql AS $$
-- Until the server looks by itself, a minute later, it takes these tables for empty and reads them from end to end for every lead.
BEGIN
  ANALYZE record, record_number, record_hash, match_key, number, membership, lead, lead_number, site, outcome, queue_entry;
END $$;
