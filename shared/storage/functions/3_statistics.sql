-- What the planner knows of tables that a list has just filled.

CREATE OR REPLACE FUNCTION refresh_statistics() RETURNS void LANGUAGE plpgsql AS $$
-- Until the server looks by itself, a minute later, it takes these tables for empty and reads them from end to end for every lead.
-- Only those that have grown by half since somebody looked: a list that enters a large base changes no plan.
DECLARE grown text;
BEGIN
  SELECT string_agg(format('leadmill.%I', t.relname), ', ') INTO grown FROM pg_class AS t
  WHERE t.relnamespace = 'leadmill'::regnamespace AND t.relkind = 'r'
    AND t.relname = ANY ('{record,record_number,record_hash,match_key,number,membership,lead,lead_number,site,outcome,queue_entry}')
    AND pg_relation_size(t.oid) > 1.5 * t.relpages * current_setting('block_size')::bigint;
  IF grown IS NOT NULL THEN EXECUTE 'ANALYZE ' || grown; END IF;
END $$;
