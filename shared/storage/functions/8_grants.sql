-- What each service may touch: only what is its job. Insert-only tables have no UPDATE and no DELETE here for anybody but the eraser's functions.

REVOKE ALL ON ALL TABLES IN SCHEMA leadmill FROM PUBLIC, leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock, leadmill_eraser;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA leadmill FROM PUBLIC, leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock, leadmill_eraser;
GRANT USAGE ON SCHEMA leadmill TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock, leadmill_eraser;
GRANT SELECT ON ALL TABLES IN SCHEMA leadmill TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock;
REVOKE SELECT ON token, session FROM leadmill_cleaner, leadmill_clock;
REVOKE SELECT ON note FROM leadmill_intake, leadmill_cleaner, leadmill_clock;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA leadmill TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock;
REVOKE EXECUTE ON FUNCTION erase_person(bigint, bigint, text), erase_rows(timestamptz), forget_files(timestamptz)
  FROM leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock;
GRANT EXECUTE ON FUNCTION clock(), erase_person(bigint, bigint, text), erase_rows(timestamptz), forget_files(timestamptz) TO leadmill_eraser;
GRANT SELECT ON upload TO leadmill_eraser;

GRANT INSERT ON audit TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock;
GRANT INSERT, UPDATE ON idempotency TO leadmill_intake, leadmill_dispatcher;

GRANT INSERT, UPDATE ON source, upload, batch, mapping_memory, request TO leadmill_intake;
GRANT INSERT ON raw_row, promise TO leadmill_intake;

-- One lead by HTTP takes the whole line inline, a batch of one.
GRANT INSERT ON record, record_number, record_hash, match_key, outcome, site, lead, number, lead_number, membership, consent, match, review, model,
  calling_window TO leadmill_intake;
GRANT UPDATE ON lead TO leadmill_intake;

GRANT UPDATE ON upload, batch TO leadmill_cleaner;
GRANT INSERT ON batch, raw_row, record, record_number, record_hash, match_key, outcome, site, lead, number, lead_number, membership, evidence, consent,
  match, review, model, base_count, calling_window, request, promise TO leadmill_cleaner;
GRANT INSERT ON training TO leadmill_cleaner;
GRANT UPDATE ON lead, number, review, model TO leadmill_cleaner;
GRANT INSERT ON never_same TO leadmill_cleaner, leadmill_dispatcher;

GRANT INSERT, UPDATE ON person, team, token, session, pool, pool_rule, product, disposition, fact_field, subscription, assignment, promise, request, day_count, rep_bar, review
  TO leadmill_dispatcher;
GRANT INSERT, DELETE ON pool_person TO leadmill_dispatcher;
GRANT INSERT ON policy, contact, note, fact, evidence, consent, proposal, product_rest TO leadmill_dispatcher;
GRANT INSERT, UPDATE, DELETE ON booking TO leadmill_dispatcher, leadmill_clock;
GRANT UPDATE ON lead, site, number, queue_entry TO leadmill_dispatcher;
-- A rep's own lead or proposal enters as a row of the source rep.
GRANT INSERT, UPDATE ON source, upload TO leadmill_dispatcher;
GRANT INSERT ON raw_row, record, record_number, record_hash, match_key, outcome, site, lead, number, lead_number, membership, match, model, calling_window
  TO leadmill_dispatcher;

GRANT UPDATE ON assignment, promise, request, batch, lead, site, number, queue_entry, outbox, chore, upload, source TO leadmill_clock;
GRANT UPDATE ON review TO leadmill_clock;
GRANT INSERT ON chore, seal, evidence TO leadmill_clock;
GRANT DELETE ON idempotency TO leadmill_clock;

GRANT USAGE ON ALL SEQUENCES IN SCHEMA leadmill TO leadmill_intake, leadmill_cleaner, leadmill_dispatcher, leadmill_clock;
