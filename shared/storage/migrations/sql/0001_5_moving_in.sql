-- What moving in needs from the start.

-- A contact before moving in of which the old base says only that there was one. Reps cannot choose it.
INSERT INTO disposition (code, labels, position, contact_made, effect, rest, retired_at) VALUES
  ('imported', '{"en": "Contact before moving in"}', 900, true, 'end', 'contact', '2020-01-01T00:00:00Z');
