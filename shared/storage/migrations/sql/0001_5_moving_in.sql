-- Contacts that no rep chooses.

-- imported: the old base says only that there was one. misread: a number was called that a list never gave, because it was read for another country.
INSERT INTO disposition (code, labels, position, contact_made, effect, rest, retired_at) VALUES
  ('imported', '{"en": "Contact before moving in"}', 900, true, 'end', 'contact', '2020-01-01T00:00:00Z'),
  ('misread', '{"en": "Called under a wrong reading of its list"}', 910, false, 'end', 'none', '2020-01-01T00:00:00Z');
