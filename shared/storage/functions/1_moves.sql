-- States move only as the table of moves allows, and every move leaves an event, and a message for whoever subscribed to it.

CREATE OR REPLACE FUNCTION check_move() RETURNS trigger LANGUAGE plpgsql AS $$
-- Arguments of the trigger: the entity, the column that holds its state.
DECLARE
  born boolean := TG_OP = 'INSERT';
  before_state text := CASE WHEN born THEN '' ELSE to_jsonb(OLD) ->> TG_ARGV[1] END;
  after_state text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
  IF before_state = after_state THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT 1 FROM move WHERE (entity, from_state, to_state) = (TG_ARGV[0], before_state, after_state)) THEN
    RAISE EXCEPTION '% % may not move from "%" to "%"', TG_ARGV[0], NEW.id, before_state, after_state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'move_allowed';
  END IF;
  INSERT INTO event (entity, entity_id, from_state, to_state, reason, actor)
  VALUES (TG_ARGV[0], NEW.id, before_state, after_state,
          coalesce(to_jsonb(NEW) ->> 'end_reason', nullif(current_setting('leadmill.reason', true), '')),
          nullif(current_setting('leadmill.actor', true), '')::bigint);
  INSERT INTO outbox (topic, subscription_id, body)
  SELECT s.topic, s.id, jsonb_build_object('entity', TG_ARGV[0], 'id', NEW.id, 'from', before_state, 'to', after_state)
  FROM subscription AS s WHERE s.topic = TG_ARGV[0] || '.' || after_state AND s.ended_at IS NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER upload_move AFTER INSERT OR UPDATE OF state ON upload
  FOR EACH ROW EXECUTE FUNCTION check_move('upload', 'state');
CREATE OR REPLACE TRIGGER upload_circulation_move AFTER INSERT OR UPDATE OF circulation ON upload
  FOR EACH ROW EXECUTE FUNCTION check_move('upload circulation', 'circulation');
CREATE OR REPLACE TRIGGER source_circulation_move AFTER INSERT OR UPDATE OF circulation ON source
  FOR EACH ROW EXECUTE FUNCTION check_move('source circulation', 'circulation');
CREATE OR REPLACE TRIGGER batch_move AFTER UPDATE OF state ON batch
  FOR EACH ROW EXECUTE FUNCTION check_move('batch', 'state');
CREATE OR REPLACE TRIGGER person_move AFTER INSERT OR UPDATE OF state ON person
  FOR EACH ROW EXECUTE FUNCTION check_move('person', 'state');
CREATE OR REPLACE TRIGGER pool_move AFTER INSERT OR UPDATE OF state ON pool
  FOR EACH ROW EXECUTE FUNCTION check_move('pool', 'state');
CREATE OR REPLACE TRIGGER lead_move AFTER UPDATE OF state ON lead
  FOR EACH ROW EXECUTE FUNCTION check_move('lead', 'state');
CREATE OR REPLACE TRIGGER assignment_move AFTER INSERT OR UPDATE OF state ON assignment
  FOR EACH ROW EXECUTE FUNCTION check_move('assignment', 'state');
CREATE OR REPLACE TRIGGER promise_move AFTER INSERT OR UPDATE OF state ON promise
  FOR EACH ROW EXECUTE FUNCTION check_move('promise', 'state');
CREATE OR REPLACE TRIGGER request_move AFTER INSERT OR UPDATE OF state ON request
  FOR EACH ROW EXECUTE FUNCTION check_move('request', 'state');
CREATE OR REPLACE TRIGGER review_move AFTER INSERT OR UPDATE OF state ON review
  FOR EACH ROW EXECUTE FUNCTION check_move('review', 'state');
