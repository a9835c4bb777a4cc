-- name: vendor_claim_lines_differ
-- A claim has the rows that it says, all of its own upload; a dropped one has none.
SELECT c.id FROM vendor_claim AS c LEFT JOIN vendor_claim_line AS l ON l.claim_id = c.id
GROUP BY c.id HAVING count(l.row_no) <> CASE c.state WHEN 'dropped' THEN 0 ELSE c.row_count END OR bool_or(l.upload_id <> c.upload_id)
