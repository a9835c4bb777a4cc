-- States move only as the table of moves allows, and every move leaves an event, and a message for whoever subscribed to it.

CREATE OR REPLACE FUNCTION record_move(p_entity text, p_id bigint, p_before text, p_after text, p_reason text) RETURNS boolean LANGUAGE plpgsql AS $$
-- Refuses a move that the table does not have; writes the event, and a message for whoever subscribed to it. True, so that `x := record_move()` can call it.
BEGIN
  INSERT INTO event (entity, entity_id, from_state, to_state, reason, actor)
  SELECT entity, p_id, from_state, to_state, coalesce(p_reason, nullif(current_setting('leadmill.reason', true), '')),
         nullif(current_setting('leadmill.actor', true), '')::bigint
  FROM move WHERE entity = p_entity AND from_state = p_before AND to_state = p_after;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% % may not move from "%" to "%"', p_entity, p_id, p_before, p_after
      USING ERRCODE = 'check_violation', CONSTRAINT = 'move_allowed';
  END IF;
  IF EXISTS (SELECT 1 FROM subscription) THEN
    INSERT INTO outbox (topic, subscription_id, body)
    SELECT s.topic, s.id, jsonb_build_object('entity', p_entity, 'id', p_id, 'from', p_before, 'to', p_after)
    FROM subscription AS s WHERE s.topic = p_entity || '.' || p_after AND s.ended_at IS NULL;
  END IF;
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION check_move() RETURNS trigger LANGUAGE plpgsql AS $$
-- The trigger's argument names the entity; its state is the column `state`.
DECLARE before_state text := ''; moved boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN before_state := OLD.state; END IF;
  IF before_state = NEW.state THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'assignment' THEN
    moved := record_move(TG_ARGV[0], NEW.id, before_state, NEW.state, NEW.end_reason);
  ELSE
    moved := record_move(TG_ARGV[0], NEW.id, before_state, NEW.state, NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION check_offers() RETURNS trigger LANGUAGE plpgsql AS $$
-- The same for assignments that one statement adds, together: most of what a claim of many would cost is starting this for each.
-- Who claims is the actor, unless another gave the lead.
DECLARE said text := nullif(current_setting('leadmill.reason', true), ''); doer bigint := nullif(current_setting('leadmill.actor', true), '')::bigint; moved integer;
BEGIN
  INSERT INTO event (entity, entity_id, from_state, to_state, reason, actor)
  SELECT 'assignment', a.id, '', a.state, coalesce(a.end_reason, said), coalesce(doer, a.given_by, a.person_id)
  FROM added AS a JOIN move AS m ON m.entity = 'assignment' AND m.from_state = '' AND m.to_state = a.state ORDER BY a.id;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> (SELECT count(*) FROM added) THEN
    RAISE EXCEPTION 'an assignment may not begin so' USING ERRCODE = 'check_violation', CONSTRAINT = 'move_allowed';
  END IF;
  IF EXISTS (SELECT 1 FROM subscription) THEN
    INSERT INTO outbox (topic, subscription_id, body)
    SELECT s.topic, s.id, jsonb_build_object('entity', 'assignment', 'id', a.id, 'from', '', 'to', a.state)
    FROM added AS a JOIN subscription AS s ON s.topic = 'assignment.' || a.state AND s.ended_at IS NULL ORDER BY a.id;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION check_circulation() RETURNS trigger LANGUAGE plpgsql AS $$
-- The same for the column `circulation`.
DECLARE before_state text := ''; moved boolean;
BEGIN
  IF TG_OP = 'UPDATE' THEN before_state := OLD.circulation; END IF;
  IF before_state <> NEW.circulation THEN
    moved := record_move(TG_ARGV[0], NEW.id, before_state, NEW.circulation, NULL);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER upload_move AFTER INSERT OR UPDATE OF state ON upload
  FOR EACH ROW EXECUTE FUNCTION check_move('upload');
CREATE OR REPLACE TRIGGER upload_circulation_move AFTER INSERT OR UPDATE OF circulation ON upload
  FOR EACH ROW EXECUTE FUNCTION check_circulation('upload circulation');
CREATE OR REPLACE TRIGGER source_circulation_move AFTER INSERT OR UPDATE OF circulation ON source
  FOR EACH ROW EXECUTE FUNCTION check_circulation('source circulation');
CREATE OR REPLACE TRIGGER batch_move AFTER UPDATE OF state ON batch
  FOR EACH ROW EXECUTE FUNCTION check_move('batch');
CREATE OR REPLACE TRIGGER person_move AFTER INSERT OR UPDATE OF state ON person
  FOR EACH ROW EXECUTE FUNCTION check_move('person');
CREATE OR REPLACE TRIGGER pool_move AFTER INSERT OR UPDATE OF state ON pool
  FOR EACH ROW EXECUTE FUNCTION check_move('pool');
CREATE OR REPLACE TRIGGER lead_move AFTER UPDATE OF state ON lead
  FOR EACH ROW EXECUTE FUNCTION check_move('lead');
CREATE OR REPLACE TRIGGER assignment_move AFTER UPDATE OF state ON assignment
  FOR EACH ROW EXECUTE FUNCTION check_move('assignment');
CREATE OR REPLACE TRIGGER assignment_offer AFTER INSERT ON assignment REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_offers();
CREATE OR REPLACE TRIGGER promise_move AFTER INSERT OR UPDATE OF state ON promise
  FOR EACH ROW EXECUTE FUNCTION check_move('promise');
CREATE OR REPLACE TRIGGER request_move AFTER INSERT OR UPDATE OF state ON request
  FOR EACH ROW EXECUTE FUNCTION check_move('request');
CREATE OR REPLACE TRIGGER review_move AFTER INSERT OR UPDATE OF state ON review
  FOR EACH ROW EXECUTE FUNCTION check_move('review');
