-- The law of the called country: hours by weekday, days off, which zones a number may be in, and what is known of each window for a while.

ALTER TABLE rule_pack DROP CONSTRAINT rule_pack_version_key,
  ADD CONSTRAINT rule_pack_version_key UNIQUE (country, valid_from, weekdays);
COMMENT ON TABLE rule_pack IS 'Lawful calling hours of a country, dated and with their source; weekdays as ISO 1 (Monday) to 7, one row for those with the same hours. The rows with the newest valid_from hold; no live one: the country is closed. valid_until is also how far its days off are known.';
ALTER TABLE rule_pack ADD COLUMN attempts jsonb CONSTRAINT rule_pack_attempts_check CHECK (jsonb_typeof(attempts) = 'object');
COMMENT ON COLUMN rule_pack.attempts IS 'How often the law lets one be called, as the rule attempt_limits of a policy; the strictest of both holds. Null: it does not say.';

CREATE TABLE holiday (
  country text NOT NULL REFERENCES country,
  day date NOT NULL,
  region text NOT NULL DEFAULT '',
  name text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (country, day, region)
);
COMMENT ON TABLE holiday IS 'Days on which nobody of a country is called. region: only there is it one; since nobody knows surely where a lead is, it closes the whole country.';

CREATE TABLE dial_zone (
  country text NOT NULL REFERENCES country,
  prefix text NOT NULL,
  zones text[] NOT NULL,
  PRIMARY KEY (prefix, country)
);
COMMENT ON TABLE dial_zone IS 'In which zones of its country a number may be, by the longest prefix of its digits; countries with one clock have none. From the area codes of phonenumbers.';

ALTER TABLE calling_window ADD COLUMN known_open boolean, ADD COLUMN known_from timestamptz, ADD COLUMN known_until timestamptz;
COMMENT ON COLUMN calling_window.known_open IS 'Whether it is open from known_from to known_until, as computed in advance; outside of that a claim asks the law itself.';
