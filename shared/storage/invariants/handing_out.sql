-- name: bookings_overlap
-- No two bookings of one number, lead or site overlap.
SELECT id FROM (
  SELECT id, lower(period) < max(upper(period)) OVER (PARTITION BY subject_kind, subject_id ORDER BY lower(period), id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS odd
  FROM booking) AS b WHERE odd

-- name: exclusion_constraint_missing
-- The constraint itself stands and is valid.
SELECT 1 AS id WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'booking_one_holder' AND contype = 'x' AND convalidated
                                 AND conrelid = 'leadmill.booking'::regclass)

-- name: open_assignment_without_hold
-- An open assignment holds its lead, and its site when it has one, until its end and the fifteen minutes after.
SELECT a.id FROM assignment AS a
CROSS JOIN LATERAL (VALUES ('lead', a.lead_id), ('site', a.site_id)) AS s (kind, subject)
WHERE a.state <> 'ended' AND a.expires_at > clock() AND s.subject IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.assignment_id = a.id AND (b.subject_kind, b.subject_id) = (s.kind, s.subject)
                  AND b.period @> clock() AND upper(b.period) >= a.expires_at + interval '15 minutes')

-- name: open_assignment_without_number
-- An assignment always has at least one number (contract: queue/next).
SELECT a.id FROM assignment AS a WHERE a.state <> 'ended' AND a.expires_at > clock()
  AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.assignment_id = a.id AND b.subject_kind = 'number')

-- name: hold_without_assignment
-- What has ended other than by lapse holds nothing any more.
SELECT b.id FROM booking AS b JOIN assignment AS a ON a.id = b.assignment_id
WHERE a.state = 'ended' AND a.end_reason <> 'expired' AND upper(b.period) > greatest(a.ended_at, clock())

-- name: rest_not_booked
-- From now to the end of every rest, and of every limit of attempts, its lead, site and number are booked without a gap.
WITH standing AS (
  SELECT c.* FROM contact AS c WHERE greatest(c.rest_until, c.number_rest_until) > clock() AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)
), subjects AS (
  SELECT c.id, 'lead' AS kind, top_lead(c.lead_id) AS subject, c.rest_until AS until FROM standing AS c
  UNION ALL SELECT id, 'site', site_id, rest_until FROM standing WHERE NOT EXISTS (SELECT 1 FROM pool WHERE pool.id = standing.pool_id AND pool.by_person)
  UNION ALL SELECT id, 'number', number_id, number_rest_until FROM standing
  UNION ALL SELECT b.contact_id, b.subject_kind, CASE b.subject_kind WHEN 'lead' THEN top_lead(b.subject_id) ELSE b.subject_id END, b.until
  FROM attempt_bar AS b WHERE b.until > clock() AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = b.contact_id)
)
SELECT s.id FROM subjects AS s WHERE s.subject IS NOT NULL AND s.until > clock()
  AND NOT coalesce((SELECT range_agg(b.period) @> tstzrange(clock(), s.until) FROM booking AS b WHERE (b.subject_kind, b.subject_id) = (s.kind, s.subject)), false)

-- name: rest_broken
-- Nobody was given a lead inside a rest without a promise; a late contact, or a correction, may take its lead back for the same rep.
SELECT a.id FROM assignment AS a JOIN contact AS c ON c.lead_id = a.lead_id
WHERE a.promise_id IS NULL AND c.recorded_at < a.offered_at AND a.offered_at < c.rest_until
  AND NOT (c.late AND c.person_id = a.person_id)
  AND NOT EXISTS (SELECT 1 FROM assignment AS before WHERE before.id = a.continues AND before.person_id = a.person_id)
  AND NOT EXISTS (SELECT 1 FROM contact AS back WHERE back.person_id = a.person_id AND (back.late OR back.supersedes IS NOT NULL)
                  AND (back.lead_id = a.lead_id OR EXISTS (SELECT 1 FROM merge AS m WHERE m.loser = back.lead_id AND m.at <= a.offered_at))
                  AND back.recorded_at BETWEEN a.offered_at AND a.offered_at + interval '1 minute')
  AND NOT EXISTS (SELECT 1 FROM contact AS s WHERE s.supersedes = c.id)

-- name: tail_without_cause
-- Nothing is kept from anybody longer than a contact's rest or an open promise says.
SELECT b.id FROM booking AS b
CROSS JOIN LATERAL promise_of(b.subject_kind, b.subject_id, clock()) AS promised
WHERE b.kind <> 'assignment' AND upper(b.period) > clock()
  AND upper(b.period) IS DISTINCT FROM greatest(rest_of(b.subject_kind, b.subject_id), promised.until)

-- name: promise_not_booked
-- An open promise keeps its lead free for its rightful holder until its grace is over.
SELECT p.id FROM promise AS p JOIN lead AS l ON l.id = p.lead_id AND l.state = 'active'
WHERE p.state = 'open' AND p.grace_until > clock()
  AND NOT EXISTS (SELECT 1 FROM booking AS b WHERE b.subject_kind = 'lead' AND b.subject_id = p.lead_id AND upper(b.period) >= p.grace_until)

-- name: fence_behind
-- The fence of an open assignment is the highest of its lead.
SELECT a.id FROM assignment AS a JOIN assignment AS later ON later.lead_id = a.lead_id AND later.fence > a.fence WHERE a.state <> 'ended'

-- name: suppressed_in_work
-- No suppressed number or lead is in an open assignment.
SELECT a.id FROM assignment AS a
WHERE a.state <> 'ended' AND a.expires_at > clock() AND (is_suppressed(a.lead_id, clock()) OR EXISTS (
  SELECT 1 FROM booking AS b JOIN number AS n ON n.id = b.subject_id AND n.suppressed
  WHERE b.assignment_id = a.id AND b.subject_kind = 'number' AND upper(b.period) > clock()))

-- name: queue_differs
-- The ready queue is what a full recomputation gives; an entry whose bar has run out may wait to be looked at.
WITH wanted AS MATERIALIZED (SELECT * FROM wanted_entries(ARRAY(SELECT id FROM lead), clock()))
(SELECT lead_id AS id FROM (SELECT * FROM queue_entry EXCEPT SELECT * FROM wanted) AS q WHERE parked_until IS NULL OR parked_until > clock())
UNION (SELECT w.lead_id FROM (SELECT * FROM wanted EXCEPT SELECT * FROM queue_entry) AS w
       LEFT JOIN queue_entry AS q ON q.lead_id = w.lead_id WHERE q.parked_until IS NULL OR q.parked_until > clock())

-- name: pool_differs_from_policy
-- Who the client is follows the pool's policy.
SELECT p.id FROM pool AS p CROSS JOIN LATERAL policy_of(p.id, clock()) AS policy
WHERE p.by_person <> (coalesce(policy.rules ->> 'exclusive', 'site') = 'person')

-- name: customer_in_hunters_pool
-- Customers and partners never enter a hunter's pool.
SELECT q.lead_id AS id FROM queue_entry AS q JOIN lead AS l ON l.id = q.lead_id JOIN pool AS p ON p.id = q.pool_id
WHERE l.relation <> 'prospect' AND coalesce(p.duty, 'hunter') = 'hunter'

-- name: claims_miscounted
-- Counted limits agree with what they count.
WITH counted AS (
  SELECT person_id, (offered_at AT TIME ZONE zone_of(person_id))::date AS day, count(*) AS count FROM assignment GROUP BY 1, 2
)
SELECT coalesce(c.person_id, d.subject_id) AS id FROM counted AS c
FULL JOIN (SELECT * FROM day_count WHERE subject_kind = 'person' AND kind = 'claims') AS d ON d.subject_id = c.person_id AND d.day = c.day
WHERE c.count IS DISTINCT FROM d.count
