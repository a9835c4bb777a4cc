-- name: window_differs
-- A lead stands in the window of the zones that its numbers may be in.
SELECT l.id FROM wanted_zones(ARRAY(SELECT id FROM lead WHERE state = 'active')) AS w
JOIN lead AS l ON l.id = w.lead_id JOIN calling_window AS cw ON cw.id = l.window_id WHERE cw.zones <> w.zones OR cw.country <> w.country

-- name: window_foreseen_wrong
-- What was computed in advance of a window is what the law says.
SELECT id FROM calling_window WHERE clock() >= known_from AND clock() < known_until AND known_open <> window_open(country, zones, clock())
