-- name: rows_without_verdict
-- Every row of a finished upload has its verdict. A dry run keeps its counts only.
SELECT u.id FROM upload AS u WHERE u.state = 'ready' AND NOT u.dry_run AND EXISTS (
  SELECT 1 FROM raw_row AS w WHERE w.upload_id = u.id AND NOT EXISTS (SELECT 1 FROM outcome AS o WHERE (o.upload_id, o.row_no) = (w.upload_id, w.row_no)))

-- name: verdict_without_row
-- No verdict stands for a row that nobody read.
SELECT o.upload_id AS id FROM outcome AS o WHERE NOT EXISTS (SELECT 1 FROM raw_row AS w WHERE (w.upload_id, w.row_no) = (o.upload_id, o.row_no))

-- name: counts_differ
-- Counts add up to the rows read, and are what a recount gives.
SELECT u.id FROM upload AS u
LEFT JOIN LATERAL (SELECT jsonb_object_agg(verdict, n) AS seen, sum(n) AS total FROM (SELECT verdict, count(*) AS n FROM outcome WHERE upload_id = u.id GROUP BY verdict) AS o) AS o ON true
WHERE u.state = 'ready' AND u.counts IS NOT NULL AND NOT u.dry_run
  AND (coalesce(o.total, 0) <> u.rows_read OR EXISTS (SELECT 1 FROM jsonb_each_text(u.counts) AS c WHERE c.key <> 'read' AND c.value::bigint <> coalesce((o.seen ->> c.key)::bigint, 0)))

-- name: verdict_without_lead
-- Every verdict but rejected leads to a lead.
SELECT o.upload_id AS id FROM outcome AS o WHERE o.verdict <> 'rejected' AND NOT EXISTS (SELECT 1 FROM lead AS l WHERE l.id = o.lead_id)

-- name: finished_upload_with_open_work
SELECT u.id FROM upload AS u JOIN batch AS b ON b.upload_id = u.id WHERE u.state IN ('ready', 'withdrawn') AND b.state IN ('waiting', 'leased')

-- name: merged_lead_with_records
-- A merged lead has no open membership, an active one has at least one.
SELECT l.id FROM lead AS l
WHERE l.state = CASE WHEN EXISTS (SELECT 1 FROM membership AS m WHERE m.lead_id = l.id AND m.closed_by IS NULL) THEN 'merged' ELSE 'active' END

-- name: merge_in_a_circle
-- Following the merges from a lead always ends.
WITH RECURSIVE up AS (SELECT id, merged_into, ARRAY[id] AS seen, false AS circle FROM lead WHERE merged_into IS NOT NULL
  UNION ALL SELECT up.id, l.merged_into, up.seen || l.id, l.id = ANY (up.seen) FROM up JOIN lead AS l ON l.id = up.merged_into WHERE NOT up.circle)
SELECT DISTINCT id FROM up WHERE circle

-- name: never_same_joined
-- What a person parted no machine joined again.
SELECT n.record_a AS id FROM never_same AS n
JOIN membership AS a ON a.record_id = n.record_a AND a.closed_by IS NULL JOIN membership AS b ON b.record_id = n.record_b AND b.closed_by IS NULL
WHERE a.lead_id = b.lead_id

-- name: lead_numbers_differ
-- The numbers of a lead are those of its records less the detached.
WITH wanted AS MATERIALIZED (SELECT lead_id, number_id FROM wanted_lead_numbers(ARRAY(SELECT id FROM lead)))
SELECT lead_id AS id FROM ((SELECT lead_id, number_id FROM lead_number EXCEPT SELECT * FROM wanted)
  UNION ALL (SELECT w.* FROM wanted AS w JOIN lead AS l ON l.id = w.lead_id AND l.state <> 'erased' EXCEPT SELECT lead_id, number_id FROM lead_number)) AS odd

-- name: shared_flag_differs
SELECT n.id FROM number AS n JOIN wanted_shared(ARRAY(SELECT id FROM number)) AS w ON w.number_id = n.id WHERE n.shared <> w.shared

-- name: suppressed_flag_missing
-- A number that a suppression names carries its flag.
SELECT n.id FROM number AS n JOIN wanted_suppressed(ARRAY(SELECT id FROM number), clock()) AS w ON w.number_id = n.id WHERE w.suppressed AND NOT n.suppressed

-- name: suppressed_flag_without_reason
SELECT n.id FROM number AS n WHERE n.suppressed AND NOT EXISTS (SELECT 1 FROM suppression AS s WHERE s.scope = 'number' AND s.key_hash = n.key_hash)

-- name: quarantine_differs
-- A number waits for a recheck exactly while a quarantine of it is open, until the same instant.
SELECT n.id FROM number AS n LEFT JOIN quarantine AS q ON q.number_id = n.id AND q.closed_at IS NULL WHERE n.recheck_at IS DISTINCT FROM q.recheck_at

-- name: dead_number_in_circulation
-- A dead number is in quarantine or retired.
SELECT id FROM number WHERE line_status = 'dead' AND recheck_at IS NULL

-- name: lead_without_trace
-- What refers by id without a foreign key refers to what exists.
SELECT f.id FROM fact AS f WHERE NOT EXISTS (SELECT 1 FROM lead AS l WHERE l.id = f.lead_id)
UNION SELECT c.id FROM contact AS c WHERE NOT EXISTS (SELECT 1 FROM lead AS l WHERE l.id = c.lead_id)
UNION SELECT a.id FROM assignment AS a WHERE NOT EXISTS (SELECT 1 FROM pool AS p WHERE p.id = a.pool_id) OR NOT EXISTS (SELECT 1 FROM policy AS p WHERE p.id = a.policy_id)
UNION SELECT a.id FROM assignment AS a WHERE NOT EXISTS (SELECT 1 FROM lead AS l WHERE l.id = a.lead_id) OR NOT EXISTS (SELECT 1 FROM person AS p WHERE p.id = a.person_id)
  OR a.site_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM site AS s WHERE s.id = a.site_id)
UNION SELECT b.id FROM booking AS b WHERE b.assignment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignment AS a WHERE a.id = b.assignment_id)
UNION SELECT b.id FROM booking AS b WHERE b.promise_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM promise AS p WHERE p.id = b.promise_id)
