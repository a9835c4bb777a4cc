-- What every installation starts with. All of it is data that people may change later.

UPDATE country SET may_call = true WHERE code IN ('US', 'GB', 'PL', 'RU', 'LT', 'DE');

INSERT INTO calling_window (country, zones) SELECT code, zones FROM country WHERE may_call;

INSERT INTO pool (name, kind) VALUES ('default', 'sales'), ('recheck', 'recheck');

INSERT INTO policy (pool_id, version, rules, reason) VALUES (NULL, 1, '{
  "calling_hours": "pack",
  "exclusive": "site",
  "open_cap": 40,
  "daily_norm": {"minimum": 70, "maximum": 100, "hard": false},
  "norms": [],
  "plans": [],
  "offered_minutes": 30,
  "working_days": {"hunter": 5, "closer": 30, "farmer": 30},
  "extend_days": 30,
  "working_hours": {"opens": "09:00", "closes": "18:00", "weekdays": [1, 2, 3, 4, 5]},
  "rest_days": 30,
  "shared_rest_days": 1,
  "callback_grace_minutes": 120,
  "attempts": {"maximum": 5, "working_days": 10},
  "other_part_of_day": true,
  "releases_per_day": 5,
  "release_bar_days": 30,
  "lapse_bar_days": 7,
  "reveals_per_day": 300,
  "service_days": {"A": 30, "B": 60, "C": 60, "D": 90, "E": null, "unranked": 60}
}', 'shipped defaults');

INSERT INTO stage (code, labels, position, duty, goal, lost_reasons) VALUES
  ('qualification', '{"en": "Qualification"}', 10, 'hunter', 'Who decides, what they need, whether we are a match.', '{no_need,no_budget,wrong_profile,competitor,no_decision_maker}'),
  ('proposal',      '{"en": "Proposal"}',      20, 'closer', 'An offer that the decision maker has read and answered.', '{price,competitor,timing,no_budget,no_answer}'),
  ('activation',    '{"en": "Activation"}',    30, 'farmer', 'The first order is placed and paid.', '{changed_mind,service,competitor}'),
  ('won',           '{"en": "Won"}',           40, 'farmer', 'The next order, in the rhythm of the customer''s rank.', '{price,service,competitor,closed}');

INSERT INTO fact_field (name, labels, type, choices, about, purpose) VALUES
  ('decision_maker', '{"en": "Who decides"}', 'text', NULL, 'company', 'whom to ask for'),
  ('opening_hours', '{"en": "Hours"}', 'text', NULL, 'company', 'when to call'),
  ('way_in', '{"en": "How to get in"}', 'text', NULL, 'company', 'how to reach who decides'),
  ('competitor', '{"en": "Present supplier"}', 'text', NULL, 'company', 'what to offer'),
  ('contract_until', '{"en": "Contract runs until"}', 'date', NULL, 'company', 'when to call again'),
  ('equipment', '{"en": "Equipment"}', 'text', NULL, 'company', 'what to offer'),
  ('employees', '{"en": "Employees"}', 'number', NULL, 'company', 'potential');

INSERT INTO disposition (code, labels, position, contact_made, effect, evidence, rest, product_rest_days, retry_minutes, opt_out, required, next_step) VALUES
  ('no_answer',        '{"en": "No answer"}',            10, false, 'attempt',    'no_answer',    'none',    NULL, 240, false, '{}', NULL),
  ('busy',             '{"en": "Busy"}',                 20, false, 'attempt',    'busy',         'none',    NULL, 30,  false, '{}', NULL),
  ('answering_machine','{"en": "Answering machine"}',    30, false, 'attempt',    'machine',      'none',    NULL, 240, false, '{}', NULL),
  ('technical',        '{"en": "Technical failure"}',    40, false, 'attempt',    NULL,           'none',    NULL, 30,  false, '{}', NULL),
  ('disconnected',     '{"en": "Disconnected"}',         50, false, 'bad_number', 'disconnected', 'none',    NULL, NULL, false, '{}', NULL),
  ('wrong_number',     '{"en": "Wrong number"}',         60, false, 'bad_number', 'wrong_party',  'none',    NULL, NULL, false, '{}', NULL),
  ('fax',              '{"en": "Fax"}',                  70, false, 'bad_number', 'fax',          'none',    NULL, NULL, false, '{}', NULL),
  ('hung_up',          '{"en": "Hung up"}',              80, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('language_barrier', '{"en": "Language barrier"}',     90, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('gatekeeper',       '{"en": "Gatekeeper"}',          100, true,  'keep',       'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('no_authority',     '{"en": "No authority"}',        110, true,  'keep',       'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('interested',       '{"en": "Interested"}',          120, true,  'keep',       'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('appointment',      '{"en": "Appointment"}',         130, true,  'promise',    'live',         'contact', NULL, NULL, false, '{callback_at}', '{"kind": "appointment"}'),
  ('callback',         '{"en": "Callback"}',            140, true,  'promise',    'live',         'contact', NULL, NULL, false, '{callback_at}', NULL),
  ('away_until',       '{"en": "Away until"}',          150, true,  'promise',    'live',         'contact', NULL, NULL, false, '{defer_until}', NULL),
  ('deferred',         '{"en": "Deferred"}',            160, true,  'promise',    'live',         'contact', NULL, NULL, false, '{defer_until}', NULL),
  ('under_contract_until','{"en": "Under contract until"}',170,true,'promise',    'live',         'contact', NULL, NULL, false, '{defer_until}', NULL),
  ('sale',             '{"en": "Sale"}',                180, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', '{"relation": "customer"}'),
  ('already_customer', '{"en": "Already a customer"}',  190, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', '{"relation": "customer"}'),
  ('not_interested',   '{"en": "Not interested"}',      200, true,  'end',        'live',         'contact', 180,  NULL, false, '{}', NULL),
  ('not_our_profile',  '{"en": "Not our profile"}',     210, true,  'end',        'live',         'contact', 180,  NULL, false, '{}', NULL),
  ('company_closed',   '{"en": "Company closed"}',      220, false, 'end',        NULL,           'contact', NULL, NULL, false, '{}', NULL),
  ('moved',            '{"en": "Moved"}',               230, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('duplicate',        '{"en": "Duplicate"}',           240, true,  'end',        'live',         'contact', NULL, NULL, false, '{}', NULL),
  ('complaint',        '{"en": "Complaint"}',           250, true,  'end',        'live',         'contact', NULL, NULL, true,  '{}', NULL),
  ('do_not_call',      '{"en": "Do not call"}',         260, true,  'end',        'live',         'contact', NULL, NULL, true,  '{}', NULL);
