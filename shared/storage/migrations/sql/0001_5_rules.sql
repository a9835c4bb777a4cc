-- What rules of a pool come to, where a look-up of the policy at every hand-out would cost too much.

ALTER TABLE pool ADD COLUMN by_person boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pool.by_person IS 'Its policy loosens the client from the company site to the person: its hand-outs, rests and promises book no site. Follows the rule `exclusive`; verify compares.';

ALTER TABLE pool
  ADD COLUMN reserved_from bigint REFERENCES pool,
  ADD COLUMN reserved_person_id bigint REFERENCES person,
  ADD COLUMN reserved_team_id bigint REFERENCES team,
  ADD CONSTRAINT pool_reserved_check CHECK (num_nonnulls(reserved_person_id, reserved_team_id) = CASE WHEN reserved_from IS NULL THEN 0 ELSE 1 END);
CREATE UNIQUE INDEX pool_reserved_key ON pool (reserved_from, reserved_person_id, reserved_team_id) NULLS NOT DISTINCT WHERE reserved_from IS NOT NULL;
COMMENT ON COLUMN pool.reserved_from IS 'A pool of companies that only one named rep or team is given, so that nobody else''s claim has to pass them over; where they came from, and return to.';

CREATE INDEX contact_lost_index ON contact (lead_id, at) WHERE lost_reason IS NOT NULL OR defer_until IS NOT NULL;

CREATE TABLE attempt_bar (
  subject_kind text NOT NULL CONSTRAINT attempt_bar_subject_check CHECK (subject_kind IN ('number', 'lead', 'site')),
  subject_id bigint NOT NULL,
  contact_id bigint NOT NULL,
  period text NOT NULL CONSTRAINT attempt_bar_period_check CHECK (period IN ('day', 'week', 'life')),
  until timestamptz NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, contact_id)
);
COMMENT ON TABLE attempt_bar IS 'A call with which the limit of attempts of a number, lead or site was reached, and until when it stands: a rest like any other, so that a claim reads bookings alone. Insert-only: it counts as long as its contact is not superseded.';

ALTER TABLE person ADD COLUMN shift jsonb CONSTRAINT person_shift_check CHECK (jsonb_typeof(shift) = 'object');
COMMENT ON COLUMN person.shift IS 'When somebody works, as working_hours of a policy, by the clock of their team: their timers run in it, and off it no request goes to them first. Null: the hours of the pool.';
