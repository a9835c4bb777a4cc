-- An assignment with its lead as the rep sees it: what is needed to call, and no more.

DROP VIEW IF EXISTS card CASCADE;
CREATE VIEW card AS
SELECT a.id, a.lead_id, a.person_id, a.pool_id, a.fence, a.state, a.end_reason, a.offered_at, a.expires_at,
       a.progressed_at, a.ended_at, l.fields, l.country, l.stage, l.rank, l.relation, w.zones,
       p.kind AS promise_kind, p.due_at, p.why, pool.hidden,
       (SELECT json_agg(json_build_object('id', n.id, 'e164', n.e164, 'type', n.type, 'line_status', n.line_status,
                                          'extension', ln.extension,
          'new_owner', EXISTS (SELECT 1 FROM quarantine AS q WHERE q.number_id = n.id AND q.closed_reason IN ('active', 'machine')
            AND NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.number_id = n.id AND e.kind = 'live' AND e.observed_at >= q.closed_at))
          ) ORDER BY ln.position, n.id)
        FROM booking AS b
        JOIN number AS n ON n.id = b.subject_id
        LEFT JOIN lead_number AS ln ON ln.number_id = n.id AND ln.lead_id = a.lead_id
        WHERE b.assignment_id = a.id AND b.subject_kind = 'number' AND a.state <> 'ended' AND upper(b.period) > clock()) AS numbers
FROM assignment AS a
JOIN lead AS l ON l.id = a.lead_id
LEFT JOIN calling_window AS w ON w.id = l.window_id
LEFT JOIN pool ON pool.id = a.pool_id
LEFT JOIN promise AS p ON p.id = a.promise_id;
