-- name: event_chain_broken
-- The events of a thing follow one another and end in its present state.
WITH chain AS (
  SELECT id, entity, entity_id, from_state, to_state,
         lag(to_state) OVER w AS before, lead(id) OVER w AS after
  FROM event WINDOW w AS (PARTITION BY entity, entity_id ORDER BY id)
), present AS (
  SELECT 'upload' AS entity, id, state FROM upload UNION ALL SELECT 'assignment', id, state FROM assignment
  UNION ALL SELECT 'promise', id, state FROM promise UNION ALL SELECT 'lead', id, state FROM lead
  UNION ALL SELECT 'review', id, state FROM review UNION ALL SELECT 'request', id, state FROM request
)
SELECT id FROM chain WHERE before IS NOT NULL AND before <> from_state
UNION ALL SELECT c.id FROM chain AS c JOIN present AS p ON p.entity = c.entity AND p.id = c.entity_id WHERE c.after IS NULL AND c.to_state <> p.state

-- name: event_outside_the_table
SELECT e.id FROM event AS e WHERE NOT EXISTS (SELECT 1 FROM move AS m WHERE (m.entity, m.from_state, m.to_state) = (e.entity, e.from_state, e.to_state))

-- name: service_owns_something
-- Services own no table and can make none.
SELECT c.oid::bigint AS id FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
WHERE c.relnamespace = 'leadmill'::regnamespace AND starts_with(r.rolname, 'leadmill_')
UNION SELECT oid::bigint FROM pg_roles WHERE starts_with(rolname, 'leadmill_') AND has_schema_privilege(oid, 'leadmill', 'CREATE')

-- name: ledger_not_insert_only
-- No service may change or delete what is insert-only.
SELECT r.oid::bigint AS id FROM pg_roles AS r
CROSS JOIN unnest('{contact,evidence,event,merge,outcome,audit,seal,record,raw_row,policy,membership,score}'::text[]) AS t
WHERE r.rolname IN ('leadmill_intake', 'leadmill_cleaner', 'leadmill_dispatcher', 'leadmill_clock', 'leadmill_eraser')
  AND has_table_privilege(r.oid, 'leadmill.' || t, 'UPDATE, DELETE, TRUNCATE')

-- name: clock_replaceable
-- No service role may replace the clock.
SELECT p.oid::bigint AS id FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner
WHERE p.pronamespace = 'leadmill'::regnamespace AND p.proname = 'clock' AND starts_with(r.rolname, 'leadmill_')

-- name: crossing_without_search_path
-- Every function that runs with the owner's rights has a fixed search path.
SELECT oid::bigint AS id FROM pg_proc WHERE pronamespace = 'leadmill'::regnamespace AND prosecdef
  AND NOT coalesce('search_path=leadmill, pg_temp' = ANY (proconfig), false)

-- name: seal_broken
-- One hash chain over the audit: any flip, delete, insert or swap is found.
SELECT id FROM broken_seals()
